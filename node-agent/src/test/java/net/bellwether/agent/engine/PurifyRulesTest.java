package net.bellwether.agent.engine;

import static net.bellwether.agent.engine.Lines.header;
import static net.bellwether.agent.engine.Lines.herald;
import static net.bellwether.agent.engine.Lines.pair;
import static net.bellwether.agent.engine.OneNode.A;
import static net.bellwether.agent.engine.OneNode.B;
import static net.bellwether.agent.engine.OneNode.assertNothingIsLeft;
import static net.bellwether.agent.engine.OneNode.attempt;
import static net.bellwether.agent.engine.OneNode.deliver;
import static net.bellwether.agent.engine.OneNode.measure;
import static net.bellwether.agent.engine.OneNode.purify;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

/// Purifications, at the initiator and at the responder.
class PurifyRulesTest {
  private final OneNode node = new OneNode();

  @Test
  void initiatorPurifiesTwoOldestPairsAtTheSecondOnesEntry() {
    RuleEngine engine =
        node.engine("a", attempt(0, "ab", B), purify(true, B), measure(1), deliver(1, B));
    engine.heralds(List.of(herald("ab", 3, 5100, Pauli.Z), herald("ab", 4, 5150, Pauli.X)));
    assertThat(node.lines.take()).containsExactly("purify ab#1.3 by ab#1.4 DEJMPS @0:5150 #1");
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    assertThat(node.lines.take()).containsExactly("to b: purified ab#1.3 by ab#1.4 1 @0:5150");
    engine.receive(
        B,
        List.of(
            new PairMessage.PurifyReply(
                header(5160), 1, pair("ab", 3), pair("ab", 4), true, false)));
    engine.outcomes(List.of(DeviceOutcome.measured(2, true)));
    assertThat(node.lines.take())
        .containsExactly("measure ab#1.3 Z @0:5170 #2", "deliver ab#1.3 Z 1");
    assertNothingIsLeft(engine);
  }

  @Test
  void responderActsWhenTheRequestAndBothPairsAreThere() {
    RuleEngine engine =
        node.engine("b", attempt(0, "ab", A), purify(false, A), measure(1), deliver(1, A));
    PairMessage request =
        new PairMessage.PurifyRequest(header(5150), 1, pair("ab", 3), pair("ab", 4), true);
    engine.receive(A, List.of(request));
    engine.heralds(List.of(herald("ab", 3, 5100, Pauli.Z)));
    assertThat(node.lines.take()).isEmpty();
    engine.heralds(List.of(herald("ab", 4, 5150, Pauli.X)));
    assertThat(node.lines.take()).containsExactly("purify ab#1.3 by ab#1.4 DEJMPS @0:5160 #1");
    // DEJMPS frames: Z becomes Y, X stays X: parities of perfect pairs agree, kept frame is Y.
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    engine.outcomes(List.of(DeviceOutcome.measured(2, false)));
    assertThat(node.lines.take())
        .containsExactly(
            "to a: ab#1.3 kept @0:5160", "measure ab#1.3 Z @0:5160 #2", "deliver ab#1.3 Z 1");
    assertNothingIsLeft(engine);
  }

  @Test
  void disagreeingParityDiscardsThePair() {
    RuleEngine engine =
        node.engine("b", attempt(0, "ab", A), purify(false, A), measure(1), deliver(1, A));
    engine.heralds(List.of(herald("ab", 3, 5100, Pauli.I), herald("ab", 4, 5150, Pauli.I)));
    engine.receive(
        A,
        List.of(
            new PairMessage.PurifyRequest(header(5150), 1, pair("ab", 3), pair("ab", 4), true)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, false)));
    assertThat(node.lines.take()).endsWith("to a: ab#1.3 failed @0:5160", "release ab#1.3 @0:5160");
    assertNothingIsLeft(engine);
  }

  @Test
  void requestThatNamesAMissingPairIsGoneWithItsRound() {
    RuleEngine engine =
        node.engine("b", attempt(0, "ab", A), purify(false, A), measure(1), deliver(1, A));
    engine.heralds(List.of(herald("ab", 3, 5100, Pauli.I)));
    engine.receive(
        A,
        List.of(
            new PairMessage.PurifyRequest(header(5150), 1, pair("ab", 3), pair("ab", 4), true)));
    engine.settle(NetworkTime.startOfFrame(121));
    assertThat(node.lines.take()).containsExactly("release ab#1.3 @0:7000");
    assertNothingIsLeft(engine);
  }

  @Test
  void initiatorWhosePeerVanishesReleasesItsHalfAtTheEndOfTheRound() {
    RuleEngine engine =
        node.engine("a", attempt(0, "ab", B), purify(true, B), measure(1), deliver(1, B));
    engine.heralds(List.of(herald("ab", 3, 5100, Pauli.Z), herald("ab", 4, 5150, Pauli.X)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    assertThat(engine.checkedQubits().waiting()).isZero();
    engine.settle(NetworkTime.startOfFrame(101));
    node.lines.take();
    engine.settle(NetworkTime.startOfFrame(121));
    assertThat(node.lines.take()).containsExactly("release ab#1.3 @0:7000");
    assertNothingIsLeft(engine);
  }

  @Test
  void initiatorPurifiesTheOldestPairOfOneStageByTheOldestOfAnother() {
    RuleEngine engine =
        node.engine(
            "a",
            attempt(0, "ab", B),
            attempt(2, "ab", B),
            new Rule.Purify(0, 2, 3, PurificationProtocol.BBPSSW, B, true),
            measure(3),
            deliver(3, B));
    engine.heralds(
        List.of(
            herald("ab", 3, 5100, Pauli.I, 0),
            herald("ab", 4, 5150, Pauli.I, 0),
            herald("ab", 5, 5200, Pauli.I, 2)));
    assertThat(node.lines.take()).containsExactly("purify ab#1.3 by ab#1.5 BBPSSW @0:5200 #1");
    assertNothingIsLeft(engine);
  }

  @Test
  void responderWaitsForThePairsOfTheirOwnStages() {
    RuleEngine engine =
        node.engine(
            "b",
            attempt(0, "ab", A),
            attempt(2, "ab", A),
            new Rule.Purify(0, 2, 3, PurificationProtocol.BBPSSW, A, false),
            measure(3),
            deliver(3, A));
    engine.receive(
        A,
        List.of(
            new PairMessage.PurifyRequest(header(5150), 3, pair("ab", 3), pair("ab", 4), true)));
    engine.heralds(List.of(herald("ab", 3, 5100, Pauli.I, 0), herald("ab", 4, 5150, Pauli.I, 0)));
    assertThat(node.lines.take()).isEmpty();
    assertNothingIsLeft(engine);
  }
}
