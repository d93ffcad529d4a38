package net.bellwether.scheduler.judge;

import net.bellwether.scheduler.plan.Plan;

/// What a solver says of an instance. Values and bounds are in the unit of the instance's
/// objective.
sealed interface Verdict {
  /// No plan is better than `bound`; it equals the value where the plan is proven the best.
  record Best(double value, double bound, Plan plan) implements Verdict {
    static Best proven(double value, Plan plan) {
      return new Best(value, value, plan);
    }
  }

  /// The budget ended before either was known.
  record Undecided() implements Verdict {}

  /// No plan does what is asked.
  record Nothing() implements Verdict {}
}
