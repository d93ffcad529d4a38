package net.bellwether.controller.tracker;

import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.Operations;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.OutcomeFrame;
import net.bellwether.topology.physics.BellDiagonal;
import org.jspecify.annotations.Nullable;

/// What is known of one mode of one link. Judging has hysteresis: it takes clear evidence to call a
/// link degraded, and an estimate close to the declaration to trust that again. Better than
/// declared is never used: the declaration stays the most that is promised.
final class LinkTrack {
  /// Test pairs wanted in the window: fidelity to about ±0.015 at 0.95.
  private static final long TEST_PAIRS_WANTED = 900;

  /// Heralds that the declaration should lead to expect in the window.
  private static final double HERALDS_WANTED = 60;

  /// Fewest comparisons in each basis before a fidelity is judged.
  private static final long COMPARISONS_MIN = 30;

  /// Fewest heralds that the declaration leads to expect before a rate is judged.
  private static final double HERALDS_EXPECTED_MIN = 30;

  /// Beyond twice the half width (about 3.9 standard deviations, once in 10,000 windows by chance)
  /// plus this, the fidelity contradicts the declaration.
  private static final double FIDELITY_MARGIN = 0.005;

  /// Promises are kept to a few parts in a hundred, so planning must know rates that well.
  private static final double RATE_MOVE_MIN = 0.02;

  private static final double RATE_RATIO_DEGRADED = 0.8;
  private static final double RATE_RATIO_HEALTHY = 0.9;

  private static final Basis[] BASES = Basis.values();

  private final LinkMode declared;
  private final Operations atA;
  private final Operations atB;
  private final CountWindow attemptsA;
  private final CountWindow attemptsB;
  private final CountWindow comparisons = new CountWindow(3, TEST_PAIRS_WANTED);
  private final TestMatcher matcher = new TestMatcher();
  private boolean stateDegraded;
  private boolean rateDegraded;
  private LinkEstimate estimate;
  private @Nullable LinkMode planned;

  LinkTrack(LinkMode declared, Operations atA, Operations atB) {
    this.declared = declared;
    this.atA = atA;
    this.atB = atB;
    long attemptsWanted = (long) (HERALDS_WANTED / declared.attemptSuccessProbability());
    this.attemptsA = new CountWindow(1, attemptsWanted);
    this.attemptsB = new CountWindow(1, attemptsWanted);
    this.estimate = new LinkEstimate(declared, 1, 0, null, false);
    this.planned = declared;
  }

  boolean declares(LinkMode other, Operations otherA, Operations otherB) {
    return declared.equals(other) && atA.equals(otherA) && atB.equals(otherB);
  }

  LinkEstimate estimate() {
    return estimate;
  }

  /// The link mode as planning should take it; null where it makes no pairs at all.
  @Nullable LinkMode planned() {
    return planned;
  }

  void counted(boolean fromB, long second, long attempts, long heralds) {
    (fromB ? attemptsB : attemptsA).add(second, 0, attempts, Math.min(heralds, attempts));
  }

  void tested(boolean fromB, long second, long epoch, OutcomeFrame outcomes) {
    TestMatcher.Comparisons compared = matcher.match(epoch, outcomes, fromB, second);
    for (Basis basis : BASES) {
      int index = StateEstimate.index(basis);
      if (compared.pairs(index) > 0) {
        comparisons.add(second, index, compared.pairs(index), compared.errors(index));
      }
    }
  }

  /// Estimates and judges anew; whether what planning should take has changed.
  boolean judge(long second) {
    CountWindow.Counts a = attemptsA.at(second);
    CountWindow.Counts b = attemptsB.at(second);
    CountWindow.Counts counts = a.trials()[0] >= b.trials()[0] ? a : b;
    long attempts = counts.trials()[0];
    long heralds = counts.hits()[0];
    double ratio =
        attempts == 0
            ? 1
            : (double) heralds / (double) attempts / declared.attemptSuccessProbability();
    judgeRate(attempts, heralds, ratio);

    CountWindow.Counts tests = comparisons.at(second);
    StateEstimate state = stateOf(tests);
    judgeState(tests, state);
    estimate = new LinkEstimate(declared, ratio, attempts, state, rateDegraded || stateDegraded);
    return replan(ratio, 1 / StrictMath.sqrt((double) Math.max(1, heralds)), state);
  }

  private void judgeRate(long attempts, long heralds, double ratio) {
    if ((double) attempts * declared.attemptSuccessProbability() < HERALDS_EXPECTED_MIN) {
      return;
    }
    double error = ratio / StrictMath.sqrt((double) Math.max(1, heralds));
    rateDegraded =
        rateDegraded
            ? ratio < RATE_RATIO_HEALTHY
            : ratio + StateEstimate.Z_95 * error < RATE_RATIO_DEGRADED;
  }

  private @Nullable StateEstimate stateOf(CountWindow.Counts tests) {
    for (long compared : tests.trials()) {
      if (compared == 0) {
        return null;
      }
    }
    return StateEstimate.of(tests.trials(), tests.hits(), atA, atB);
  }

  private void judgeState(CountWindow.Counts tests, @Nullable StateEstimate state) {
    if (state == null) {
      return;
    }
    for (long compared : tests.trials()) {
      if (compared < COMPARISONS_MIN) {
        return;
      }
    }
    double shortfall = declared.state().fidelity() - state.state().fidelity();
    stateDegraded =
        stateDegraded
            ? shortfall > state.fidelityHalfWidth() + FIDELITY_MARGIN
            : shortfall > 2 * state.fidelityHalfWidth() + FIDELITY_MARGIN;
  }

  /// Planning keeps the estimate it has until the present one is clearly elsewhere; otherwise every
  /// report would be a new network.
  private boolean replan(double ratio, double rateError, @Nullable StateEstimate state) {
    LinkMode wanted = estimateForPlanning(ratio, state);
    LinkMode current = planned;
    boolean same =
        wanted == null
            ? current == null
            : current != null
                && isClose(
                    wanted, current, state == null ? 1 : state.fidelityHalfWidth(), rateError);
    if (same) {
      return false;
    }
    planned = wanted;
    return true;
  }

  private @Nullable LinkMode estimateForPlanning(double ratio, @Nullable StateEstimate state) {
    double probability =
        declared.attemptSuccessProbability() * (rateDegraded ? Math.min(1, ratio) : 1);
    if (probability <= 0) {
      return null;
    }
    BellDiagonal used = stateDegraded && state != null ? state.state() : declared.state();
    return new LinkMode(
        declared.link(),
        declared.a(),
        declared.b(),
        declared.mode(),
        declared.multiplexing(),
        probability,
        declared.attemptPeriodPicos(),
        declared.heraldLatencyPicos(),
        declared.classicalLatencyPicos(),
        used,
        declared.freeShare());
  }

  private boolean isClose(LinkMode wanted, LinkMode current, double halfWidth, double rateError) {
    boolean backToDeclared = wanted.equals(declared) != current.equals(declared);
    double fidelityMove = Math.abs(wanted.state().fidelity() - current.state().fidelity());
    double rateMove =
        Math.abs(wanted.attemptSuccessProbability() / current.attemptSuccessProbability() - 1);
    return !backToDeclared
        && fidelityMove <= 2 * halfWidth + FIDELITY_MARGIN
        && rateMove <= Math.max(RATE_MOVE_MIN, 3 * rateError);
  }
}
