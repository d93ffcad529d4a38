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

  private static final int DETOURS = 12;

  /// What may be spent on other paths is enough for so many.
  private static final int LOOKS_AT_LEAST = 3;

  private static final int IMPROVING_PART = 5;

  private static final double IMPROVING = 1e-2;

  private final Attempt attempt;
  private final Searches searches;
  private final Aim aim;
  private final Detours detours;

  FirstPlan(Attempt attempt) {
    this.attempt = attempt;
    this.searches = attempt.searches;
    this.aim = attempt.aim;
    this.detours = new Detours(searches.question.metric);
  }

  /// A plan over the path that the bound likes best; where that is not good, over one of the fewest
  /// links too.
  void look() {
    boolean anyPath = searches.question.required.isEmpty();
    if (anyPath) {
      lookByIntervals(Math.max(LEAST_LOOK, searches.firstBudget()));
      detours.isNew(searches.bounding.path());
      long left = searches.firstBudget() - attempt.spent();
      boolean good = attempt.hasPlan() && !attempt.isFar();
      if (left > 0 && !good && hasTurned()) {
        lookByIntervals(left);
      }
    }
    // The look by intervals knows no limit on cost.
    if (!attempt.hasPlan() && (!anyPath || aim instanceof Aim.Finest)) {
      lookBySearch();
    }
  }

  /// Plans over other paths, for what is left of `part` of the budget.
  void lookElsewhere(double part) {
    if (!searches.question.required.isEmpty()) {
      return;
    }
    for (int tried = 0; tried < DETOURS; tried++) {
      long left = attempt.left(part);
      long least = PathLook.leastBudget(searches.bounding.path().length - 1);
      if (left < least) {
        return;
      }
      if (hasTurned()) {
        lookByIntervals(Math.max(least, left / LOOKS_AT_LEAST));
      }
    }
  }

  /// Whether there is another path to look at.
  private boolean hasTurned() {
    Bounding bounding = searches.bounding;
    return bounding.turnTo(detours.next())
        && bounding.path().length - 1 <= searches.request.limits().maxHops()
        && detours.isNew(bounding.path());
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
