package net.bellwether.scheduler.evaluate;

import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.physics.BellDiagonal;

/// What one round of a plan delivers: how many pairs on average, and their mean state as their ends
/// measured it. Counts are exact given each purification's mean success; states follow every pair's
/// times through swaps and purifications of two sub-plans exactly on a grid of a round's attempts,
/// and through purifications of one sub-plan's consecutive pairs by means for each k.
public record RoundYield(double pairs, BellDiagonal state) {

  /// Evaluates a round of `attemptPicos` in which each link uses `memoryShare` of its modes.
  public static RoundYield of(
      StagedPlan plan, NetworkView view, long attemptPicos, double memoryShare) {
    var waits = new RoundWaits(plan, view, attemptPicos, memoryShare);
    RoundWaits.Entered last = waits.enter(plan.last());
    double[] totals = last.wave().totals();
    double mass = totals[Wave.MASS];
    BellDiagonal state =
        mass > 0
            ? RoundWaits.state(totals[Wave.X] / mass, totals[Wave.Y] / mass, totals[Wave.Z] / mass)
            : BellDiagonal.MIXED;
    return new RoundYield(last.counts().expectation(), state);
  }

  /// The pairs of a round alone, with purifications as successful as without decay (so at most a
  /// little too many): an order of magnitude faster.
  public static double pairs(StagedPlan plan, long attemptPicos, double memoryShare) {
    return new RoundCounts(plan, attemptPicos, memoryShare).of(plan.last()).expectation();
  }

  /// Attempts that one mode makes in a round.
  static int attempts(LinkMode mode, long attemptPicos) {
    long attempts = (attemptPicos - mode.heraldLatencyPicos()) / mode.attemptPeriodPicos();
    return Math.clamp(attempts, 0, Integer.MAX_VALUE);
  }

  /// Probability that a mode has made its pair within `attempts`.
  static double madeWithin(LinkMode mode, double attempts) {
    return -StrictMath.expm1(attempts * StrictMath.log1p(-mode.attemptSuccessProbability()));
  }
}
