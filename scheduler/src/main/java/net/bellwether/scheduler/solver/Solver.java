package net.bellwether.scheduler.solver;

import java.util.List;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.Request;

/// Placeholder.
public final class Solver {
  private Solver() {}

  public static Solution solve(NetworkSnapshot snapshot, Request request) {
    return new Solution.NotFound(
        PlanOutcome.Reason.BUDGET_EXHAUSTED,
        request.minFidelity() > 2 || snapshot.nodeCount() < 0,
        List.of(),
        new Solution.Effort(1, 1, 1, 1));
  }
}
