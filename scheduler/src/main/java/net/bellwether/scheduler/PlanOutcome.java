package net.bellwether.scheduler;

import java.util.List;
import java.util.OptionalDouble;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Reason;
import net.bellwether.scheduler.solver.FluidFigures;
import net.bellwether.scheduler.solver.Solution.Effort;

/// The planner's answer.
public sealed interface PlanOutcome {
  /// A plan that node agents can run, with the grant it was evaluated under. `fluidValue` is its
  /// value in the fluid model, under the objective asked for; no plan's value passes `upperBound`
  /// (for the least cost: none is below). `gap` is |upperBound − fluidValue| over the greater of
  /// the two, 0 where proven.
  record Planned(
      Plan plan,
      Grant grant,
      Evaluation evaluation,
      double fluidValue,
      double upperBound,
      double gap,
      Effort effort)
      implements PlanOutcome {}

  /// The best plan of the fluid model, where it is one that node agents cannot run: `reason` says
  /// why. Nothing is known of what it would deliver.
  record Fluid(
      Plan plan, FluidFigures figures, double upperBound, double gap, Effort effort, String reason)
      implements PlanOutcome {}

  /// No plan. `detail` names what binds; `reachableFidelity` is the best any plan attains, where
  /// the two nodes are connected at all; `advice` says what would help.
  record Rejected(
      Reason reason, String detail, OptionalDouble reachableFidelity, List<String> advice)
      implements PlanOutcome {
    public Rejected {
      advice = List.copyOf(advice);
    }

    public Rejected(Reason reason, String detail, OptionalDouble reachableFidelity) {
      this(reason, detail, reachableFidelity, List.of());
    }
  }
}
