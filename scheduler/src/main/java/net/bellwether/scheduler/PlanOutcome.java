package net.bellwether.scheduler;

import java.util.OptionalDouble;
import net.bellwether.scheduler.plan.Plan;

/// The planner's answer.
public sealed interface PlanOutcome {
  /// A feasible plan with the grant it was evaluated under. `upperBound` bounds the fluid objective
  /// of every plan; `gap` is (upperBound − fluid value) / upperBound, 0 where proven.
  record Planned(
      Plan plan,
      Grant grant,
      Evaluation evaluation,
      double upperBound,
      double gap,
      long labelsSearched)
      implements PlanOutcome {}

  /// No plan. `reason` names what binds; `reachableFidelity` is the best any plan attains, where
  /// the two nodes are connected at all.
  record Rejected(Reason reason, String detail, OptionalDouble reachableFidelity)
      implements PlanOutcome {}

  /// Why there is no plan.
  enum Reason {
    UNKNOWN_NODE,
    NOT_AN_END,
    NO_PATH,
    FIDELITY_UNREACHABLE,
    NO_SECRET_KEY,
    NO_CAPACITY,
    BUDGET_EXHAUSTED
  }
}
