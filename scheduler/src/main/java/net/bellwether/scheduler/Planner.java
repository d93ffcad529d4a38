package net.bellwether.scheduler;

import net.bellwether.scheduler.view.NetworkView;

/// Finds the best plan for a request on a view of the network, with a bound on how much better any
/// plan could be. Deterministic and pure: work is bounded in labels, not in time. Safe for any
/// number of threads.
public final class Planner {
  private Planner() {}

  /// Plans as if the request got all session time that is free on its links. Among plans whose
  /// fluid objective is close to the best, the one that delivers most at or above the fidelity
  /// floor wins; `upperBound` and `gap` are those of the fluid objective (pairs or key bits a
  /// second).
  public static PlanOutcome plan(NetworkView view, Request request) {
    return switch (PlanRanking.of(view, request)) {
      case PlanRanking.None none -> none.rejected();
      case PlanRanking.Ranked ranked -> planned(ranked, ranked.entries().getFirst());
    };
  }

  static PlanOutcome.Planned planned(PlanRanking.Ranked ranked, PlanRanking.Entry entry) {
    double value = entry.candidate().value();
    double gap = Math.max(0, (ranked.upperBound() - value) / ranked.upperBound());
    return new PlanOutcome.Planned(
        entry.candidate().plan(),
        entry.choice().grant(),
        entry.choice().evaluation(),
        ranked.upperBound(),
        gap,
        ranked.labels());
  }
}
