package net.bellwether.controller.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.bellwether.topology.Operations;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

class SessionTrackerTest {
  private static final FlowId SESSION = FlowId.of("s-1");

  private final SessionTracker tracker = new SessionTracker();

  private static Stock stock(long bits, long compared, long errors, long frame) {
    return new Stock(
        bits,
        compared,
        errors,
        compared,
        errors,
        compared,
        errors,
        NetworkTime.startOfFrame(frame));
  }

  private Achieved achieved() {
    return tracker.findAchieved(SESSION, Operations.IDEAL, Operations.IDEAL).orElseThrow();
  }

  @Test
  void nothingIsAchievedBeforeTelemetry() {
    assertThat(tracker.findAchieved(SESSION, Operations.IDEAL, Operations.IDEAL)).isEmpty();
  }

  @Test
  void pairsAndKeyAddUpSinceTheFirstReport() {
    tracker.stocked(SESSION, stock(0, 0, 0, 1_000));
    tracker.delivered(SESSION, 1, 500, 100);
    tracker.delivered(SESSION, 1, 500, 100);
    tracker.stocked(SESSION, stock(2_560, 1_000, 20, 1_200));
    Achieved figures = achieved();
    assertThat(figures.pairCount()).isEqualTo(1_000);
    assertThat(figures.seconds()).isEqualTo(20);
    assertThat(figures.keyBits()).isEqualTo(2_560);
    assertThat(figures.keySeconds()).isEqualTo(20);
    assertThat(figures.qberZ()).isEqualTo(0.02);
    StateEstimate state = figures.state();
    assertThat(state).isNotNull();
    assertThat(state == null ? 0 : state.state().fidelity()).isCloseTo(0.97, within(1e-9));
  }

  @Test
  void newGenerationStartsAfresh() {
    tracker.stocked(SESSION, stock(0, 0, 0, 1_000));
    tracker.delivered(SESSION, 1, 500, 100);
    tracker.stocked(SESSION, stock(512, 400, 4, 1_100));
    tracker.delivered(SESSION, 2, 7, 10);
    tracker.delivered(SESSION, 1, 90, 10);
    assertThat(achieved().pairCount()).isEqualTo(7);
    assertThat(achieved().keyBits()).isZero();
    tracker.stocked(SESSION, stock(768, 500, 5, 1_200));
    assertThat(achieved().keyBits()).isEqualTo(256);
  }
}
