package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.solver.Pass.Scope;
import net.bellwether.scheduler.solver.SpanSearch.End;

/// A good plan for little work: the better it is, the less is left that could be better still.
final class FirstPlan {
  /// How coarse a first look is, relative to what is missing to a perfect state.
  private static final double FIRST_LOOK = 3e-2;

  /// A first plan is worth this much, however small the budget.
  private static final long LEAST_LOOK = 1_000;

  /// Growth of the threshold on cost from one look to the next.
  private static final double LOOK_GROWTH = 2.5;

  /// Attempts on the best path; the last one without a threshold.
  private static final int LAST_LOOK = 5;

  private static final int IMPROVING_PART = 5;

  private static final double IMPROVING = 1e-2;

  private final Attempt attempt;
  private final Searches searches;
  private final Aim aim;

  FirstPlan(Attempt attempt) {
    this.attempt = attempt;
    this.searches = attempt.searches;
    this.aim = attempt.aim;
  }

  /// A plan over the path that the bound likes best; where that is not good, over one of the fewest
  /// links too.
  void look() {
    boolean anyPath = searches.question.required.isEmpty();
    if (anyPath) {
      lookByIntervals(Math.max(LEAST_LOOK, searches.firstBudget()));
      long left = searches.firstBudget() - attempt.spent();
      boolean good = attempt.hasPlan() && !attempt.isFar();
      if (left > 0 && !good && searches.bounding.turnToFewestLinks()) {
        lookByIntervals(left);
      }
    }
    // The look by intervals knows no limit on cost.
    if (!attempt.hasPlan() && (!anyPath || aim instanceof Aim.Finest)) {
      lookBySearch();
    }
  }

  private void lookByIntervals(long budget) {
    PathLook look = searches.scratch.look;
    searches.work.passes++;
    double none = aim.isLeast() ? Double.MAX_VALUE : 0;
    aim.beyond(attempt.hasPlan() ? attempt.bestValue() : none);
    for (int label : searches.bounding.look(look, budget)) {
      if (searches.scratch.labels.cost[label] < aim.costLimit
          && aim.take(searches.scratch.labels, label)) {
        break;
      }
    }
    searches.work.looked += look.candidates();
    attempt.keep();
  }

  /// In ever larger limits, and at last in none.
  private void lookBySearch() {
    searches.bounding.keepToPath();
    double next = attempt.firstThreshold();
    for (int look = 1; !attempt.hasPlan(); look++) {
      long left = searches.firstBudget() - attempt.spent();
      if (left <= 0) {
        return;
      }
      aim.beyond(look == LAST_LOOK && aim.isLeast() ? Double.MAX_VALUE : next);
      SpanSearch search = attempt.search(Scope.PATH, FIRST_LOOK, left);
      if (search.end() == End.OUT_OF_BUDGET || look == LAST_LOOK || !search.wasLimited()) {
        return;
      }
      next *= LOOK_GROWTH;
    }
  }

  /// A coarse search of parts that begin at an end for a better plan, where the first one is far
  /// from the bound.
  void improve() {
    if (!attempt.hasPlan() || !aim.isLeast()) {
      return;
    }
    if (attempt.isFar()) {
      aim.beyond(attempt.bestValue());
      searches.bounding.findCorridor(aim.lengthLimit);
      attempt.search(Scope.ENDS, IMPROVING, searches.request.workBudget() / IMPROVING_PART);
    }
  }
}
