package net.bellwether.agent.engine;

import static net.bellwether.agent.engine.Lines.herald;
import static net.bellwether.agent.engine.OneNode.B;
import static net.bellwether.agent.engine.OneNode.assertNothingIsLeft;
import static net.bellwether.agent.engine.OneNode.heraldIn;
import static net.bellwether.agent.engine.OneNode.notice;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

/// What a device may do to an engine: lose what it holds, jump in time, tell of more than it was
/// asked for; and the account of its qubits.
class DeviceTroublesTest {
  private final OneNode node = new OneNode();

  @Test
  void morePairsThanAskedForAndThoseOfOtherStagesAreReleased() {
    RuleEngine engine = node.repeater();
    for (int sequence = 1; sequence <= 5; sequence++) {
      engine.heralds(List.of(herald("ab", sequence, 5100 + sequence, Pauli.I)));
    }
    engine.heralds(List.of(herald("ab", 6, 5200, Pauli.I, 1)));
    assertThat(node.lines.take())
        .containsExactly("release ab#1.5 @0:5105", "release ab#1.6 @0:5200");
    assertThat(engine.count().strayHeraldCount()).isEqualTo(2);
  }

  @Test
  void qubitsAreCountedByWhatTheyDo() {
    RuleEngine engine = node.repeater();
    engine.settle(NetworkTime.startOfFrame(101));
    assertThat(engine.qubits().orElseThrow().generating()).isEqualTo(8);
    engine.heralds(
        List.of(
            heraldIn(101, "ab", 1, 83_100),
            heraldIn(101, "ab", 2, 83_300),
            heraldIn(101, "bc", 1, 83_200)));
    engine.settle(NetworkTime.startOfFrame(102));
    QubitCount busy = engine.qubits().orElseThrow();
    assertThat(busy.asOf()).isEqualTo(new NetworkTime(101, 84_000_000_000L));
    assertThat(busy).isEqualTo(new QubitCount(busy.asOf(), 0, 5, 1, 2));
    engine.outcomes(List.of(DeviceOutcome.swapped(1, true, Pauli.I)));
    assertThat(engine.qubits()).contains(new QubitCount(busy.asOf(), 2, 5, 1, 0));
    assertThat(engine.count().qubitFaultCount()).isZero();
  }

  @Test
  void moreQubitsInUseThanThereAreIsAFault() {
    RuleEngine engine = node.repeater();
    engine.attached(NetworkTime.startOfFrame(101), 7, Map.of());
    engine.settle(NetworkTime.startOfFrame(102));
    assertThat(engine.qubits()).isEmpty();
    assertThat(engine.count().qubitFaultCount()).isEqualTo(1);
  }

  @Test
  void deviceThatAttachesAgainHasLostWhatItHeld() {
    RuleEngine engine = node.repeater();
    engine.heralds(
        List.of(
            herald("ab", 1, 5100, Pauli.X),
            herald("ab", 2, 5300, Pauli.X),
            herald("bc", 1, 5200, Pauli.Y)));
    node.lines.take();
    engine.attached(NetworkTime.startOfFrame(101), 8, Map.of());
    engine.outcomes(List.of(DeviceOutcome.swapped(1, true, Pauli.I)));
    engine.heralds(List.of(heraldIn(101, "bc", 2, 5_100)));
    assertThat(node.lines.take()).containsExactly("schedule ab/1[100,0) bc/1[100,0)");
    assertThat(engine.count().livePairCount()).isEqualTo(1);
    assertNothingIsLeft(engine);
    assertThat(node.lines.take()).containsExactly("release bc#1.2 @1:7000");
  }

  @Test
  void measuredHalfOutlivesItsDevice() {
    RuleEngine engine = node.endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, false)));
    engine.attached(NetworkTime.startOfFrame(101), 8, Map.of());
    node.lines.take();
    engine.receive(B, List.of(notice(3, Pauli.X, true)));
    assertThat(node.lines.take()).containsExactly("deliver b@7.1 Z 1");
    assertNothingIsLeft(engine);
  }

  @Test
  void clockThatJumpsForwardEndsTheRoundsBeforeIt() {
    RuleEngine engine = node.repeater();
    engine.heralds(List.of(herald("ab", 1, 5100, Pauli.X)));
    engine.settle(NetworkTime.startOfFrame(1_000_000));
    assertThat(node.lines.take()).containsExactly("release ab#1.1 @0:7000");
    engine.heralds(List.of(heraldIn(1_000_000, "ab", 2, 5_100)));
    assertThat(engine.count().livePairCount()).isEqualTo(1);
    // Far ahead of everything that the device has told.
    engine.heralds(List.of(heraldIn(2_000_000, "ab", 3, 5_100)));
    assertThat(engine.count().strayHeraldCount()).isEqualTo(1);
  }

  @Test
  void clockThatJumpsBackMakesNothingOfPairsUntilItIsWhereItWas() {
    RuleEngine engine = node.repeater();
    engine.settle(NetworkTime.startOfFrame(200));
    engine.heralds(List.of(heraldIn(150, "ab", 2, 5_100)));
    engine.settle(NetworkTime.startOfFrame(151));
    assertThat(engine.count().strayHeraldCount()).isEqualTo(1);
    assertThat(engine.completeUntil()).isEqualTo(NetworkTime.startOfFrame(200));
    engine.heralds(List.of(heraldIn(200, "ab", 3, 5_100)));
    assertThat(engine.count().livePairCount()).isEqualTo(1);
  }

  @Test
  void deviceThatIsAttachedAtAnEarlierTimeGoesOnFromThere() {
    RuleEngine engine = node.repeater();
    engine.heralds(List.of(herald("ab", 1, 5100, Pauli.X)));
    engine.settle(NetworkTime.startOfFrame(101));
    engine.attached(NetworkTime.startOfFrame(100), 8, Map.of());
    assertThat(engine.count().openRoundCount()).isZero();
    assertThat(engine.count().livePairCount()).isZero();
    engine.settle(NetworkTime.startOfFrame(36_100));
    engine.attached(NetworkTime.startOfFrame(150), 8, Map.of());
    assertThat(engine.completeUntil()).isEqualTo(NetworkTime.startOfFrame(150));
    engine.heralds(List.of(heraldIn(150, "ab", 2, 5_100)));
    engine.settle(NetworkTime.startOfFrame(151));
    assertThat(engine.count().strayHeraldCount()).isZero();
    assertThat(engine.count().livePairCount()).isEqualTo(1);
    engine.settle(NetworkTime.startOfFrame(180));
    assertThat(engine.count().livePairCount()).isZero();
    assertThat(engine.count().openRoundCount()).isZero();
  }
}
