package net.bellwether.controller.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

class NetworkClockTest {
  private static final NodeId A = NodeId.of("a");
  private static final NodeId B = NodeId.of("b");
  private static final NodeId C = NodeId.of("c");
  private final NetworkClock clock = new NetworkClock();

  private void told(NodeId node, long frame, long nowMillis) {
    clock.told(node, NetworkTime.startOfFrame(frame), nowMillis);
  }

  private long frame(long nowMillis) {
    return clock.frame(nowMillis, Set.of());
  }

  @Test
  void nobodyHasToldTheTime() {
    assertThat(frame(5)).isZero();
  }

  @Test
  void timeGoesOnBetweenReports() {
    told(A, 1_000, 50);
    assertThat(frame(50)).isEqualTo(1_000);
    assertThat(frame(1_050)).isEqualTo(1_010);
  }

  @Test
  void agentFarInTheFutureDoesNotCarryTheOthersAway() {
    told(A, 1_000, 0);
    told(B, 1_001, 0);
    told(C, 90_000_000, 0);
    assertThat(frame(0)).isEqualTo(1_001);
    clock.forget(A);
    assertThat(frame(0)).isEqualTo(1_001);
    told(C, Long.MAX_VALUE, 0);
    assertThat(frame(0)).isEqualTo(1_001);
  }

  @Test
  void agentsOutOfBoundDoNotCountUnlessThereAreNoOthers() {
    told(A, 1_000, 0);
    told(B, 5_000, 0);
    told(C, 5_000, 0);
    assertThat(clock.frame(0, Set.of(B, C))).isEqualTo(1_000);
    assertThat(clock.frame(0, Set.of(A, B, C))).isEqualTo(5_000);
  }

  @Test
  void clockThatGoesBackIsFollowed() {
    told(A, 5_000, 0);
    for (long report = 1; report <= NetworkClock.REPORTS; report++) {
      told(A, 1_000 + 5 * report, 500 * report);
    }
    assertThat(frame(500 * NetworkClock.REPORTS)).isEqualTo(1_000 + 5 * NetworkClock.REPORTS);
  }
}
