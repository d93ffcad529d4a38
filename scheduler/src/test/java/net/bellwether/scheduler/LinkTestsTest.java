package net.bellwether.scheduler;

import static net.bellwether.scheduler.TextNetwork.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import org.junit.jupiter.api.Test;

class LinkTestsTest {
  private final NetworkView view = TextNetwork.view("A -20km- r -35km- C");

  @Test
  void everyModeIsTestedInItsOwnPartOfTheFirstFiveMillis() {
    SequencedMap<FlowId, SequencedMap<NodeId, RuleSet>> flows = LinkTests.compileAll(view, 3);
    assertThat(flows).hasSize(6);
    List<Rounds> rounds = new ArrayList<>();
    for (String mode : List.of("fine", "middle", "bright")) {
      var rules = flows.get(FlowId.of("test-a-r-" + mode));
      Objects.requireNonNull(rules);
      assertThat(rules).containsOnlyKeys(node("A"), node("r"));
      rounds.add(rules.firstEntry().getValue().rounds());
    }
    assertThat(rounds)
        .allSatisfy(each -> assertThat(each.endPicos()).isLessThanOrEqualTo(5_000_000_000L));
    assertThat(rounds.get(0).overlaps(rounds.get(1))).isFalse();
    assertThat(rounds.get(1).overlaps(rounds.get(2))).isFalse();
  }

  @Test
  void bothEndsMeasureInTheBasisOfTheSequenceAndReport() {
    RuleSet a = LinkTests.compileAll(view, 3).firstEntry().getValue().firstEntry().getValue();
    assertThat(a.generation()).isEqualTo(3);
    assertThat(a.rules())
        .containsExactly(
            new Rule.Attempt(0, LinkId.of("a-r"), "fine", 32, node("r")),
            new Rule.Measure(0, new BasisPolicy.BySequence()),
            new Rule.Deliver(0, node("r"), Rule.Consumer.LINK_TEST));
    assertThat(a.peerLatencyPicos()).containsOnlyKeys(node("r"));
  }

  /// All links are tested at once.
  @Test
  void testsOfANodeShareItsQubits() {
    NetworkView small =
        TextNetwork.with().memory(new Qubits(20, 100, 1)).declared("A -20km- r -35km- C");
    assertThat(multiplexing(small)).containsOnly(10);
    NetworkView tiny =
        TextNetwork.with().memory(new Qubits(1, 100, 1)).declared("A -20km- r -35km- C");
    assertThat(multiplexing(tiny)).isEmpty();
  }

  private static List<Integer> multiplexing(NetworkView of) {
    List<Integer> modes = new ArrayList<>();
    for (var rules : LinkTests.compileAll(of, 1).values()) {
      for (RuleSet each : rules.values()) {
        modes.add(((Rule.Attempt) each.rules().getFirst()).multiplexing());
      }
    }
    return modes;
  }

  @Test
  void roundsFitAttempts() {
    for (var rules : LinkTests.compileAll(view, 1).values()) {
      RuleSet any = rules.firstEntry().getValue();
      Rule.Attempt attempt = (Rule.Attempt) any.rules().getFirst();
      LinkMode mode = view.linkMode(attempt.link(), attempt.mode());
      assertThat(
              any.rounds().attemptsPerRound(mode.attemptPeriodPicos(), mode.heraldLatencyPicos()))
          .isPositive();
    }
  }

  @Test
  void linkTooLongForItsWindowHasNoTest() {
    NetworkView far = TextNetwork.view("A -3000km- B");
    assertThat(LinkTests.compileAll(far, 1)).isEmpty();
  }

  @Test
  void longNamesAreShortenedAndStayDistinct() {
    LinkId link = LinkId.of("l".repeat(60));
    assertThat(LinkTests.flowId(link, "bright").value()).hasSizeLessThanOrEqualTo(63);
    assertThat(LinkTests.flowId(link, "bright")).isNotEqualTo(LinkTests.flowId(link, "fine"));
  }
}
