package net.bellwether.agent.engine;

import static net.bellwether.agent.engine.Lines.herald;
import static net.bellwether.agent.engine.OneNode.A;
import static net.bellwether.agent.engine.OneNode.B;
import static net.bellwether.agent.engine.OneNode.assertNothingIsLeft;
import static net.bellwether.agent.engine.OneNode.attempt;
import static net.bellwether.agent.engine.OneNode.deliver;
import static net.bellwether.agent.engine.OneNode.measure;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

/// Measurement, delivery, link tests, and what is counted.
class MeasureRulesTest {
  private final OneNode node = new OneNode();

  @Test
  void linkTestPairIsMeasuredAtItsHeraldAndOnlyTheGreaterEndCorrects() {
    Rule test = new Rule.Deliver(0, A, Rule.Consumer.LINK_TEST);
    RuleEngine greater = node.engine("b", attempt(0, "ab", A), measure(0), test);
    greater.heralds(List.of(herald("ab", 3, 5100, Pauli.X)));
    greater.outcomes(List.of(DeviceOutcome.measured(1, false)));
    assertThat(node.lines.take())
        .containsExactly("measure ab#1.3 Z @0:5100 #1", "report ab#1.3 m 1");

    Rule mirrored = new Rule.Deliver(0, B, Rule.Consumer.LINK_TEST);
    RuleEngine lesser = node.engine("a", attempt(0, "ab", B), measure(0), mirrored);
    lesser.heralds(List.of(herald("ab", 3, 5100, Pauli.X)));
    lesser.outcomes(List.of(DeviceOutcome.measured(1, false)));
    assertThat(node.lines.take())
        .containsExactly("measure ab#1.3 Z @0:5100 #1", "report ab#1.3 m 0");
    assertNothingIsLeft(lesser);
  }

  @Test
  void tomographyRoundIsMeasuredInYByBothEnds() {
    BasisPolicy random = new BasisPolicy.RandomBases(0.9, 2);
    RuleEngine engine =
        node.engine("a", attempt(0, "ab", B), new Rule.Measure(0, random), deliver(0, B));
    // Round numbers of frame 100 start at 4000, an even number.
    engine.heralds(List.of(herald("ab", 1, 5100, Pauli.I)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, false)));
    assertThat(node.lines.take())
        .containsExactly("measure ab#1.1 Y @0:5100 #1", "deliver ab#1.1 Y 0 tomography");
  }

  @Test
  void countsSpeakOfWholeFramesAndEveryAttempt() {
    RuleEngine engine = node.repeater();
    engine.heralds(
        List.of(
            herald("ab", 1, 5150, Pauli.X),
            herald("ab", 2, 5250, Pauli.X),
            herald("bc", 1, 5200, Pauli.Y)));
    engine.settle(NetworkTime.startOfFrame(101));
    engine.outcomes(List.of(DeviceOutcome.swapped(1, true, Pauli.I)));
    engine.settle(NetworkTime.startOfFrame(122));
    FlowCount count = engine.takeCounts().getFirst();
    assertThat(count.frameCount()).isEqualTo(22);
    assertThat(count.settledFrameCount()).isEqualTo(2);
    assertThat(count.expiredCount()).isEqualTo(1);
    assertThat(count.links())
        .containsExactly(
            new FlowCount.LinkCount(LinkId.of("ab"), "m", 2, 2 + 1 + (22 * 40 * 4 - 2) * 9),
            new FlowCount.LinkCount(LinkId.of("bc"), "m", 1, 0));
    assertThat(engine.takeCounts().getFirst().frameCount()).isZero();
  }
}
