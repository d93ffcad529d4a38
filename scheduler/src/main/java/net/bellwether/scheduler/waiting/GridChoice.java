package net.bellwether.scheduler.waiting;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;

/// Grids for a plan. Where all links share an attempt period and every message takes a whole number
/// of them (none, for one), a grid of periods is exact.
final class GridChoice {
  /// Times of some repetitions fall off exponentially: e⁻²⁴ is 4e-11.
  private static final double MEANS = 24;

  /// A cutoff is not cut into fewer steps, even if the grid then ends too early.
  private static final int CUTOFF_STEPS_MIN = 16;

  private final NetworkView view;
  private final Copies copies;
  private final Cutoffs cutoffs;
  private final int stepsMax;
  private final List<LinkMode> modes = new ArrayList<>();
  private final double roughMeanPicos;

  GridChoice(Plan plan, NetworkView view, Copies copies, Cutoffs cutoffs, int stepsMax) {
    this.view = view;
    this.copies = copies;
    this.cutoffs = cutoffs;
    this.stepsMax = stepsMax;
    this.roughMeanPicos = roughMeanPicos(plan);
  }

  /// For times up to some `factor` times what would do without cutoffs.
  Grid grid(int factor) {
    double horizonPicos = factor * MEANS * roughMeanPicos;
    long unit = isShared() ? modes.getFirst().attemptPeriodPicos() : 1;
    double units = Math.ceil(horizonPicos / unit / stepsMax);
    double cutoffUnits = cutoffs.shortestSeconds() * 1e12 / unit / CUTOFF_STEPS_MIN;
    long step = unit * (long) Math.max(1, Math.min(units, Math.floor(cutoffUnits)));
    return new Grid(step, (int) Math.min(stepsMax, Math.ceil(horizonPicos / step) + 2));
  }

  boolean isExact(Grid grid) {
    return isShared() && grid.stepPicos() == modes.getFirst().attemptPeriodPicos();
  }

  private boolean isShared() {
    long period = modes.getFirst().attemptPeriodPicos();
    return modes.stream()
        .allMatch(mode ->
            mode.attemptPeriodPicos() == period
                && mode.heraldLatencyPicos() % period == 0
                && mode.classicalLatencyPicos() % period == 0);
  }

  /// The later of two takes half as long again, an operation as many tries as it fails; a
  /// purification is taken to succeed in five of seven.
  private double roughMeanPicos(Plan plan) {
    return switch (plan) {
      case Plan.Generate generate -> {
        LinkMode mode = view.linkMode(generate.link(), generate.mode());
        modes.add(mode);
        FirstSuccess first = copies.first(mode);
        yield first.periodPicos() / first.probability() + mode.heraldLatencyPicos();
      }
      case Plan.Swap swap ->
          (later(swap.leftPart(), swap.rightPart()) + new News(view).picos(swap))
              / swapSuccess(swap);
      case Plan.Purify purify ->
          1.4 * (later(purify.kept(), purify.sacrificed()) + new News(view).picos(purify));
      case Plan.Relay relay -> throw new IllegalStateException("relay at " + relay.at());
    };
  }

  private double later(Plan one, Plan other) {
    return 1.5 * Math.max(roughMeanPicos(one), roughMeanPicos(other));
  }

  private double swapSuccess(Plan.Swap swap) {
    double success = view.node(swap.at()).operations().swapSuccessProbability();
    if (!(success > 0)) {
      throw new IllegalArgumentException(
          "swapSuccessProbability (%s) of node %s must be above 0".formatted(success, swap.at()));
    }
    return success;
  }
}
