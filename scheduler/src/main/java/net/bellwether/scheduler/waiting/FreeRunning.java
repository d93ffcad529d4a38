package net.bellwether.scheduler.waiting;

import java.util.Optional;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;

/// How long one pair of a plan takes where nothing waits for rounds: every elementary pair has one
/// memory at each end (a link's modes are shared among the pairs that the plan takes of it at once,
/// and the first that succeeds fills the memory), a swap or purification that fails starts its
/// sub-tree again, and cutoffs may discard pairs that wait too long. The distribution is computed,
/// not sampled \[brand2020, li2021\]; both halves of a pair decay until it is delivered.
///
/// Rounds keep more than one pair per link and share time, so neither this rate nor the delivered
/// one bounds the other. Pure; safe for any number of threads.
public final class FreeRunning {
  /// Means within half a percent, in a few milliseconds for each operation that may fail.
  public static final int STEPS = 2_048;

  /// Repetition takes additions in the square of it.
  public static final int STEPS_MAX = 32_768;

  private static final int STEPS_MIN = 64;

  /// The grid grows until later times are less likely, or by this factor.
  private static final double LOST_MAX = 1e-9;

  private static final int FACTOR_MAX = 64;

  private FreeRunning() {}

  /// Of links that use `memoryShare` of their modes, with a grid of at most `stepsMax` instants.
  /// Takes at most O(stepsMax²) for every swap or purification that may fail, O(stepsMax) for
  /// others. Exact on the grid where the links share an attempt period, no message takes a part of
  /// one, and the grid can be of periods; else `errors` says what coarseness costs.
  ///
  /// Refuses (IllegalArgumentException) relays, links or nodes that the view lacks, fewer modes
  /// than a plan takes pairs of a link at once, and swaps or attempts that never succeed.
  public static WaitingTime of(
      Plan plan, NetworkView view, double memoryShare, Cutoffs cutoffs, int stepsMax) {
    GridChoice grids = grids(plan, view, memoryShare, cutoffs, stepsMax);
    WaitingTime waiting = on(grids.grid(1), plan, view, memoryShare, cutoffs);
    for (int factor = 2;
        waiting.lostProbability() > LOST_MAX && factor <= FACTOR_MAX;
        factor *= 2) {
      Grid longer = grids.grid(factor);
      if (longer.equals(waiting.grid())) {
        return waiting;
      }
      waiting = on(longer, plan, view, memoryShare, cutoffs);
    }
    return waiting;
  }

  /// What the coarseness of the grid costs `waiting`, by comparison with steps twice as long: as
  /// errors fall with the square of the step, the difference is about three times the error. Zero
  /// where the grid is exact.
  public static GridErrors errors(
      WaitingTime waiting, Plan plan, NetworkView view, double memoryShare, Cutoffs cutoffs) {
    Grid grid = waiting.grid();
    if (grids(plan, view, memoryShare, cutoffs, STEPS).isExact(grid)) {
      return new GridErrors(0, 0);
    }
    WaitingTime coarser = on(grid.coarser(), plan, view, memoryShare, cutoffs);
    return new GridErrors(
        Math.abs(coarser.meanSeconds() - waiting.meanSeconds()) / waiting.meanSeconds(),
        Math.abs(coarser.state().fidelity() - waiting.state().fidelity()));
  }

  /// The best cutoff time, the same at every level; empty where none meets the objective. A search
  /// of its own on a logarithmic scale, then between the neighbours of the best; `objective` is
  /// taken to have one maximum there.
  public static Optional<BestCutoff> findBestCutoff(
      Plan plan, NetworkView view, double memoryShare, CutoffObjective objective) {
    return new CutoffSearch(plan, view, memoryShare, objective).find();
  }

  private static GridChoice grids(
      Plan plan, NetworkView view, double memoryShare, Cutoffs cutoffs, int stepsMax) {
    if (stepsMax < STEPS_MIN || stepsMax > STEPS_MAX) {
      throw new IllegalArgumentException(
          "stepsMax (%d) must be in [%d, %d]".formatted(stepsMax, STEPS_MIN, STEPS_MAX));
    }
    return new GridChoice(plan, view, new Copies(plan, memoryShare), cutoffs, stepsMax);
  }

  private static WaitingTime on(
      Grid grid, Plan plan, NetworkView view, double memoryShare, Cutoffs cutoffs) {
    Copies copies = new Copies(plan, memoryShare);
    return new WaitingTime(new Recursion(view, copies, cutoffs, grid).arrivals(plan), grid);
  }
}
