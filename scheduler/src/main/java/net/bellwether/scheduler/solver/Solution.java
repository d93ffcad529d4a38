package net.bellwether.scheduler.solver;

import java.util.List;
import net.bellwether.scheduler.PlanOutcome.Reason;

/// What a search of the fluid model found.
public sealed interface Solution {
  Effort effort();

  /// Plans, best first, the first one best of all that was seen; the others are other points of the
  /// front of cost and fidelity that the search came by. No plan's value passes `bound` (from below
  /// where the objective minimises); `gap` is |bound − value| over the greater of the two, 0 where
  /// the plan is proven optimal.
  record Found(List<FluidPlan> plans, double bound, double gap, Effort effort)
      implements Solution {
    public Found {
      plans = List.copyOf(plans);
    }

    public FluidPlan best() {
      return plans.getFirst();
    }
  }

  /// No plan. `proven` says whether there is none at all, or none was found within the budget.
  /// `finest` are the plans of highest fidelity seen, finest first.
  record NotFound(Reason reason, boolean proven, List<FluidPlan> finest, Effort effort)
      implements Solution {
    public NotFound {
      finest = List.copyOf(finest);
    }
  }

  /// The work of a search: candidate plans looked at, labels kept, spans that have labels, and how
  /// many times the search was begun with another threshold.
  record Effort(long candidates, long labels, long spans, int passes) {}
}
