package net.bellwether.agent.engine;

import static net.bellwether.agent.engine.Lines.herald;
import static net.bellwether.agent.engine.OneNode.A;
import static net.bellwether.agent.engine.OneNode.B;
import static net.bellwether.agent.engine.OneNode.assertNothingIsLeft;
import static net.bellwether.agent.engine.OneNode.notice;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

/// Swaps, at the node that makes them and at the ends that hear of them.
class SwapRulesTest {
  private final OneNode node = new OneNode();

  @Test
  void repeaterSwapsOldestPairsAtTheLaterHeraldAndTellsBothEnds() {
    RuleEngine engine = node.repeater();
    engine.heralds(
        List.of(
            herald("ab", 1, 5100, Pauli.X),
            herald("ab", 2, 5300, Pauli.X),
            herald("bc", 1, 5200, Pauli.Y)));
    assertThat(node.lines.take()).containsExactly("swap ab#1.1 bc#1.1 -> b@7.1 @0:5200 #1");
    engine.outcomes(List.of(DeviceOutcome.swapped(1, true, Pauli.I)));
    assertThat(node.lines.take())
        .containsExactly(
            "to a: ab#1.1 is b@7.1 Z with c in stage 2 @0:5200",
            "to c: bc#1.1 is b@7.1 Z with a in stage 2 @0:5200");
  }

  @Test
  void failedSwapIsToldToBothEnds() {
    RuleEngine engine = node.repeater();
    engine.heralds(List.of(herald("ab", 1, 5100, Pauli.X), herald("bc", 1, 5200, Pauli.Y)));
    engine.outcomes(List.of(DeviceOutcome.swapped(1, false, Pauli.I)));
    assertThat(node.lines.take())
        .endsWith("to a: ab#1.1 is lost @0:5200", "to c: bc#1.1 is lost @0:5200");
    assertNothingIsLeft(engine);
  }

  @Test
  void refusedSwapReleasesItsQubits() {
    RuleEngine engine = node.repeater();
    engine.heralds(List.of(herald("ab", 1, 5100, Pauli.X), herald("bc", 1, 5200, Pauli.Y)));
    engine.outcomes(List.of(DeviceOutcome.refused(1, "too late")));
    assertThat(node.lines.take())
        .contains("to a: ab#1.1 is lost @0:5200")
        .endsWith("release ab#1.1 @0:5200", "release bc#1.1 @0:5200");
    assertThat(engine.count().refusedCommandCount()).isEqualTo(1);
  }

  @Test
  void pairsOfDifferentRoundsAreNeverSwapped() {
    RuleEngine engine = node.repeater();
    engine.heralds(List.of(herald("ab", 1, 5100, Pauli.X), herald("bc", 1, 7200, Pauli.Y)));
    assertThat(node.lines.take()).isEmpty();
    engine.settle(NetworkTime.startOfFrame(120));
    assertThat(node.lines.take()).isEmpty();
    engine.settle(NetworkTime.startOfFrame(121));
    assertThat(node.lines.take())
        .containsExactly("release ab#1.1 @0:7000", "release bc#1.1 @0:9000");
    assertNothingIsLeft(engine);
  }

  @Test
  void endNodeDeliversUnderTheSwappedName() {
    RuleEngine engine = node.endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, false)));
    assertThat(node.lines.take()).containsExactly("measure bc#1.3 Z @0:5100 #1");
    engine.receive(B, List.of(notice(3, Pauli.X, true)));
    assertThat(node.lines.take()).containsExactly("deliver b@7.1 Z 1");
    assertNothingIsLeft(engine);
  }

  @Test
  void outcomeMayComeAfterThePairWasRenamed() {
    RuleEngine engine = node.endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    engine.receive(B, List.of(notice(3, Pauli.I, true)));
    node.lines.take();
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    assertThat(node.lines.take()).containsExactly("deliver b@7.1 Z 1");
    assertNothingIsLeft(engine);
  }

  @Test
  void noticeMayComeBeforeTheHerald() {
    RuleEngine engine = node.endNode();
    engine.receive(B, List.of(notice(3, Pauli.I, true)));
    assertThat(engine.count().heldMessageCount()).isEqualTo(1);
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    assertThat(node.lines.take()).endsWith("deliver b@7.1 Z 1");
    assertNothingIsLeft(engine);
  }

  @Test
  void pairOfFailedSwapIsNotDelivered() {
    RuleEngine engine = node.endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    engine.receive(B, List.of(notice(3, Pauli.I, false)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    assertThat(node.lines.take()).noneMatch(line -> line.startsWith("deliver"));
    assertNothingIsLeft(engine);
  }

  @Test
  void noticeOfAnybodyButTheOtherEndIsNotBelieved() {
    RuleEngine engine = node.endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    node.lines.take();
    engine.receive(A, List.of(notice(3, Pauli.I, true)));
    assertThat(node.lines.take()).isEmpty();
    assertThat(engine.count().droppedMessageCount()).isEqualTo(1);
  }

  @Test
  void repeatedNoticeLeavesNothing() {
    RuleEngine engine = node.endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    engine.receive(B, List.of(notice(3, Pauli.I, true), notice(3, Pauli.I, true)));
    assertThat(node.lines.take()).filteredOn(line -> line.startsWith("deliver")).hasSize(1);
    assertNothingIsLeft(engine);
  }

  @Test
  void messageOfASettledRoundIsDropped() {
    RuleEngine engine = node.endNode();
    engine.settle(NetworkTime.startOfFrame(130));
    engine.receive(B, List.of(notice(3, Pauli.I, true)));
    assertThat(engine.count().droppedMessageCount()).isEqualTo(1);
    assertNothingIsLeft(engine);
  }
}
