package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.request.Reason;

/// What a search of the fluid model found.
public sealed interface Solution {
  Effort effort();

  /// The best plan that was seen. No plan's value passes `bound` (from below where the objective
  /// minimises); `gap` is |bound − value| over the greater of the two, 0 where the plan is proven
  /// optimal.
  record Found(FluidPlan best, double bound, double gap, Effort effort) implements Solution {}

  /// No plan. `proven` says whether it is certain that there is none; if not, either a coarse
  /// search of everything found none, or the budget ended, which `reason` tells.
  record NotFound(Reason reason, boolean proven, Effort effort) implements Solution {}

  /// The work of a search: candidate plans looked at, labels kept, spans that have labels, and how
  /// many times the search was begun with another threshold.
  record Effort(long candidates, long labels, long spans, int passes) {}
}
