package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.solver.Pass.Scope;
import net.bellwether.scheduler.solver.SpanSearch.End;

/// Searches everything that could be better than what is known; in ever larger limits where nothing
/// is. What is left of the budget when that does not end goes into the bound.
final class Proof {
  /// Growth of the threshold on cost from one attempt to the next.
  private static final double GROWTH = 1.5;

  /// Part of the budget for the proof; the rest is for other paths and the bound where it does not
  /// end.
  private static final double PROOF_PART = 0.5;

  private final Attempt attempt;
  private final Aim aim;

  Proof(Attempt attempt) {
    this.attempt = attempt;
    this.aim = attempt.aim;
  }

  /// Whether it came to an end: with the best plan, or none.
  boolean prove() {
    double tried = attempt.hasPlan() ? attempt.bestValue() : attempt.firstThreshold();
    while (true) {
      boolean known = attempt.hasPlan();
      long left = attempt.left(PROOF_PART);
      if (left <= 0) {
        return false;
      }
      SpanSearch search = searchBelow(tried, left);
      if (!search.isCovered()) {
        return false;
      }
      if (search.end() == End.OUT_OF_BUDGET) {
        attempt.settle(search.openBound());
        return false;
      }
      if (search.end() == End.FOUND || known || !search.wasLimited() || !aim.isLeast()) {
        conclude(search.standIns);
        return true;
      }
      attempt.raise(search.standIns.loosened(tried));
      tried *= GROWTH;
    }
  }

  private void conclude(StandIns standIns) {
    if (standIns.isOpen()) {
      attempt.settle(standIns.openValue());
    } else {
      attempt.conclude();
    }
  }

  /// Exactly, whatever is better than `threshold`.
  private SpanSearch searchBelow(double threshold, long budget) {
    aim.beyond(threshold);
    attempt.searches.bounding.findCorridor(aim.lengthLimit);
    return attempt.search(Scope.ALL, 0, budget);
  }

  /// Raises the bound on cost: where nothing below a threshold is left, the threshold is one.
  void tighten() {
    if (!aim.isLeast() || !attempt.hasPlan()) {
      return;
    }
    long left = attempt.left(1);
    double tried = Math.sqrt(attempt.bound() * attempt.bestValue());
    if (left <= 0) {
      return;
    }
    SpanSearch search = searchBelow(tried, left);
    if (search.end() == End.EXHAUSTED && search.isCovered()) {
      attempt.raise(search.standIns.loosened(tried));
    }
  }
}
