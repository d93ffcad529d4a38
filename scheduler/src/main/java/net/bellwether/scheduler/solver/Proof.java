package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.solver.Pass.Scope;
import net.bellwether.scheduler.solver.SpanSearch.End;

/// Searches everything that could be better than what is known; in ever larger limits where nothing
/// is. What is left of the budget when that does not end goes into the bound.
final class Proof {
  /// Growth of the threshold on cost from one attempt to the next.
  private static final double GROWTH = 1.5;

  /// Part of the budget for the proof; the rest is for the bound where the proof does not end.
  private static final double PROOF_PART = 0.6;

  private static final double TIGHTENING_PART = 0.2;

  private final Attempt attempt;
  private final Aim aim;

  Proof(Attempt attempt) {
    this.attempt = attempt;
    this.aim = attempt.aim;
  }

  void prove() {
    double tried = attempt.hasPlan() ? attempt.bestValue() : attempt.firstThreshold();
    while (true) {
      boolean known = attempt.hasPlan();
      long left = attempt.left(known && aim.isLeast() ? PROOF_PART : 1);
      if (left <= 0) {
        return;
      }
      SpanSearch search = searchBelow(tried, left);
      if (!search.isCovered()) {
        return;
      }
      if (search.end() == End.OUT_OF_BUDGET) {
        attempt.settle(search.openBound());
        tighten();
        return;
      }
      if (search.end() == End.FOUND || known || !search.wasLimited() || !aim.isLeast()) {
        conclude(search.standIns);
        return;
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
  private void tighten() {
    if (!aim.isLeast() || !attempt.hasPlan()) {
      return;
    }
    double cost = attempt.bestValue();
    for (double part = PROOF_PART + TIGHTENING_PART; part < 1.01; part += TIGHTENING_PART) {
      long left = attempt.left(part);
      if (left <= 0) {
        continue;
      }
      double tried = Math.sqrt(attempt.bound() * cost);
      SpanSearch search = searchBelow(tried, left);
      if (search.end() == End.EXHAUSTED && search.isCovered()) {
        attempt.raise(search.standIns.loosened(tried));
      }
    }
  }
}
