package net.bellwether.scheduler.solver;

import java.util.ArrayList;
import java.util.List;

/// Takes every label of the root that costs little enough, in the limits of another aim.
final class Front extends Aim {
  private final double floorWerner;
  private final List<Integer> labels = new ArrayList<>();

  /// In the limits that `aim` has now.
  Front(Aim aim) {
    this.floorWerner = 1;
    costLimit = aim.costLimit;
    lengthLimit = aim.lengthLimit;
  }

  /// In the limits of `aim` for plans that have at least `spread` of `value`.
  Front(Aim aim, double value, double spread, double floorWerner) {
    this.floorWerner = floorWerner;
    aim.beyond(
        switch (aim) {
          case Least _ -> value / spread;
          case Finest _ -> floorWerner;
          case Richest _ -> value * spread;
          case Front _ -> value;
        });
    costLimit = aim.costLimit;
    lengthLimit = aim.lengthLimit;
  }

  List<Integer> labels() {
    return labels;
  }

  @Override
  boolean take(Labels all, int label) {
    if (all.werner[label] >= floorWerner - TOLERANCE) {
      labels.add(label);
    }
    return false;
  }

  @Override
  void beyond(double value) {}

  @Override
  double valueOf(FluidPlan plan) {
    return plan.cost();
  }

  @Override
  double valueOf(Labels all, int label) {
    return Double.NaN;
  }

  @Override
  double bound(double length, double cost) {
    return cost;
  }
}
