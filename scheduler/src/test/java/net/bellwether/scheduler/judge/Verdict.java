package net.bellwether.scheduler.judge;

import net.bellwether.scheduler.plan.Plan;

/// What a solver says of an instance. A value is in the unit of the instance's objective.
sealed interface Verdict {
  record Best(double value, Plan plan) implements Verdict {}

  /// No plan does what is asked.
  record Nothing() implements Verdict {}
}
