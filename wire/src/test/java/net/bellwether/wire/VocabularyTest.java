package net.bellwether.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.rules.Application;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Prediction;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VocabularyTest {
  private static final NodeId A = NodeId.of("a");
  private static final NodeId B = NodeId.of("b");
  private static final Rounds ROUNDS = new Rounds(5_000_000_000L, 900_000, 1_000_000, 1000);

  static Stream<Rule> rules() {
    return Stream.of(
        new Rule.Attempt(1, LinkId.of("a-b"), "bright", 64, B),
        new Rule.Swap(1, 2, 3, A, B),
        new Rule.Purify(3, 3, 4, PurificationProtocol.DEJMPS, B, true),
        new Rule.Purify(3, 5, 4, PurificationProtocol.BBPSSW, B, false),
        new Rule.Measure(4, new BasisPolicy.RandomBases(0.9, 20)),
        new Rule.Measure(4, new BasisPolicy.BySequence()),
        new Rule.Deliver(4, B, Rule.Consumer.KEY_DISTILLATION),
        new Rule.Deliver(4, B, Rule.Consumer.LINK_TEST),
        new Rule.Keep(
            4,
            B,
            new Application("t", "alice"),
            1_000_000,
            new Prediction(
                BellDiagonal.werner(0.9), new Qubits(8, 3, 2), new Qubits(9, 5, 4), 0.01)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyKindOfRuleRoundTrips(Rule rule) {
    assertThat(Vocabulary.fromProto(Vocabulary.toProto(rule))).isEqualTo(rule);
  }

  @Test
  void ruleSetRoundTripsThroughItsBytes() throws Exception {
    RuleSet set =
        new RuleSet(FlowId.of("s-1"), 7, A, ROUNDS, rules().toList(), Map.of(B, 500_000L));
    byte[] bytes = Vocabulary.toProto(set).toByteArray();
    assertThat(Vocabulary.fromProto(net.bellwether.v1.RuleSet.parseFrom(bytes))).isEqualTo(set);
  }

  @Test
  void pairsRoundTrip() {
    for (PairId pair :
        List.of(new PairId.Elementary(LinkId.of("a-b"), 3, 99), new PairId.Swapped(B, 2, 7))) {
      assertThat(Vocabulary.fromProto(Vocabulary.toProto(pair))).isEqualTo(pair);
    }
  }

  @ParameterizedTest
  @EnumSource
  void pauliRoundTrips(Pauli pauli) {
    assertThat(Vocabulary.fromProto(Vocabulary.toProto(pauli))).isEqualTo(pauli);
  }

  @ParameterizedTest
  @EnumSource
  void basisRoundTrips(Basis basis) {
    assertThat(Vocabulary.fromProto(Vocabulary.toProto(basis))).isEqualTo(basis);
  }

  @Test
  void timeAndStateRoundTrip() {
    NetworkTime time = new NetworkTime(17_000_000_000L, 99_999_999_999L);
    assertThat(Vocabulary.fromProto(Vocabulary.toProto(time))).isEqualTo(time);
    BellDiagonal state = new BellDiagonal(0.9, 0.05, 0.03, 0.02);
    assertThat(Vocabulary.fromProto(Vocabulary.toProto(state))).isEqualTo(state);
  }

  @Test
  void unsetValuesAreRefusedByName() {
    assertThatThrownBy(() -> Vocabulary.fromProto(net.bellwether.v1.Basis.BASIS_UNSPECIFIED))
        .hasMessage("basis (BASIS_UNSPECIFIED) must be set to a value this version knows");
    assertThatThrownBy(() -> Vocabulary.fromProto(net.bellwether.v1.Rule.getDefaultInstance()))
        .hasMessage("rule (RULE_NOT_SET) must be set to a value this version knows");
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertThat(BuildVersion.current()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
  }
}
