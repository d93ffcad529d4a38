package net.bellwether.controller.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.bellwether.controller.engine.Documents;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FidelityTrackerTest {
  private static final int TEST_PAIRS_PER_SECOND = 150;

  private final NetworkView declared =
      NetworkView.declared(Documents.topology(Documents.of("one", "a -4- b")).network());
  private final LinkMode mode = declared.linkModes().getFirst();
  private final LinkScript script = new LinkScript(mode, 0.001, 42);
  private final FidelityTracker tracker = new FidelityTracker();
  private long second = 1_700_000_000;

  @BeforeEach
  void declare() {
    tracker.declare(declared);
  }

  /// Reports for `seconds`; how often the view changed.
  private int run(int seconds, BellDiagonal state, double factor) {
    int changes = 0;
    for (int i = 0; i < seconds; i++) {
      second++;
      NetworkTime now = NetworkTime.startOfFrame(second * 10);
      script.report(tracker, now, TEST_PAIRS_PER_SECOND, state, factor);
      changes += tracker.judge(now) ? 1 : 0;
    }
    return changes;
  }

  private LinkEstimate estimate() {
    return tracker.estimates().getFirst();
  }

  private StateEstimate state() {
    StateEstimate state = estimate().state();
    if (state == null) {
      throw new AssertionError("there must be an estimate");
    }
    return state;
  }

  @Test
  void estimateMeetsTheTruthWithinItsInterval() {
    BellDiagonal truth = new BellDiagonal(0.93, 0.01, 0.02, 0.04);
    run(20, truth, 1);
    assertThat(state().fidelityHalfWidth()).isBetween(0.001, 0.03);
    assertThat(state().state().fidelity())
        .isCloseTo(0.93, within(1.5 * state().fidelityHalfWidth()));
    assertThat(state().state().z()).isCloseTo(0.04, within(0.03));
    assertThat(estimate().pairsPerSecond())
        .isCloseTo(mode.fluidPairsPerSecond(), within(0.1 * mode.fluidPairsPerSecond()));
  }

  @Test
  void readoutErrorsOfBothEndsAreRemoved() {
    Operations noisy = new Operations(1, 0.05, 1);
    double r = 2 * 0.05 * 0.95;
    long n = 100_000;
    long errors = Math.round(n * (0.02 + r - 2 * 0.02 * r));
    StateEstimate estimate =
        StateEstimate.of(new long[] {n, n, n}, new long[] {errors, errors, errors}, noisy, noisy);
    assertThat(estimate.state().fidelity()).isCloseTo(0.97, within(1e-4));
  }

  @Test
  void linkAsDeclaredNeverChangesTheViewOverAnHour() {
    assertThat(run(3_600, mode.state(), 1)).isZero();
    assertThat(estimate().degraded()).isFalse();
    assertThat(tracker.view()).isEqualTo(declared);
  }

  @Test
  void lostFidelityIsNoticedWithinTwentySecondsAndPlannedWith() {
    run(60, mode.state(), 1);
    BellDiagonal worse = BellDiagonal.werner(0.9);
    run(20, worse, 1);
    assertThat(estimate().degraded()).isTrue();
    assertThat(tracker.view().linkModes().getFirst().state().fidelity())
        .isCloseTo(0.9, within(0.05));
  }

  @Test
  void lostRateIsNoticedWithinTwentySeconds() {
    run(60, mode.state(), 1);
    run(20, mode.state(), 0.5);
    assertThat(estimate().degraded()).isTrue();
    assertThat(tracker.view().linkModes().getFirst().attemptSuccessProbability())
        .isCloseTo(
            0.5 * mode.attemptSuccessProbability(), within(0.2 * mode.attemptSuccessProbability()));
  }

  @Test
  void cutFibreLeavesTheView() {
    run(30, mode.state(), 1);
    run(20, mode.state(), 0);
    assertThat(tracker.view().linkModes()).isEmpty();
    run(30, mode.state(), 1);
    assertThat(tracker.view()).isEqualTo(declared);
  }

  @Test
  void degradedLinkDoesNotFlapAndIsTrustedAgainWhenItRecovers() {
    run(30, mode.state(), 1);
    run(20, BellDiagonal.werner(0.9), 1);
    assertThat(run(600, BellDiagonal.werner(0.9), 1)).isLessThan(12);
    assertThat(estimate().degraded()).isTrue();
    run(30, mode.state(), 1);
    assertThat(estimate().degraded()).isFalse();
    assertThat(tracker.view()).isEqualTo(declared);
  }

  @Test
  void betterThanDeclaredIsNotPlannedWith() {
    run(60, BellDiagonal.PERFECT, 1.5);
    assertThat(estimate().degraded()).isFalse();
    assertThat(tracker.view()).isEqualTo(declared);
  }

  @Test
  void reportOfAForeignNodeIsIgnored() {
    tracker.counted(
        net.bellwether.topology.id.NodeId.of("c"),
        mode.link(),
        mode.mode(),
        1_000_000,
        0,
        NetworkTime.startOfFrame(second * 10));
    tracker.judge(NetworkTime.startOfFrame(second * 10));
    assertThat(estimate().attemptCount()).isZero();
  }

  @Test
  void viewOfAnotherDeclarationKeepsWhatIsKnownOfUnchangedLinks() {
    run(30, mode.state(), 1);
    run(20, mode.state(), 0.5);
    assertThat(tracker.viewOf(declared)).isEqualTo(tracker.view());
    NetworkView longer =
        NetworkView.declared(Documents.topology(Documents.of("one", "a -5- b")).network());
    assertThat(tracker.viewOf(longer)).isEqualTo(longer);
  }
}
