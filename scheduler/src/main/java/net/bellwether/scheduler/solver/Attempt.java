package net.bellwether.scheduler.solver;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.scheduler.solver.Pass.Scope;

/// Where the way to an answer stands: the best plan so far, the bound that no plan passes, and what
/// was spent on them.
final class Attempt {
  /// A plan is worth proving at once where its value is at least this part of the bound on it.
  private static final double CLOSE = 0.6;

  final Searches searches;
  final Aim aim;
  final boolean tracked;
  private final long start;
  private final List<FluidPlan> found = new ArrayList<>(1);
  private double bound;
  private boolean certain;

  Attempt(Searches searches, boolean tracked) {
    this.searches = searches;
    this.aim = searches.aim();
    this.tracked = tracked;
    this.start = searches.work.candidates + searches.work.looked;
    // Only a value per time needs to know how short the time can be.
    double least = aim instanceof Aim.Richest ? searches.question.cheapest() : 0;
    this.bound = aim.bound(searches.bounding.pathLength(), least);
  }

  /// A search in the limits that the aim has now. Its best plan is kept.
  SpanSearch search(Scope scope, double coarseness, long budget) {
    SpanSearch search = searches.search(new Pass(aim, tracked, scope, coarseness), budget);
    keep();
    return search;
  }

  /// Takes the best plan of the last search, if it is better than what was known.
  void keep() {
    if (aim.best >= 0) {
      FluidPlan plan = searches.plan(aim.best);
      found.clear();
      found.add(plan);
    }
  }

  boolean hasPlan() {
    return !found.isEmpty();
  }

  FluidPlan best() {
    return found.getFirst();
  }

  double bestValue() {
    return aim.valueOf(best());
  }

  double bound() {
    return certain ? bestValue() : bound;
  }

  /// Of costs: none is below `least`.
  void raise(double least) {
    bound = Math.max(bound, least);
  }

  /// All that is left is worth `open` at best.
  void settle(double open) {
    if (aim.isLeast()) {
      raise(hasPlan() ? Math.min(open, bestValue()) : open);
    } else {
      bound = Math.max(open, aim.bestValue);
    }
  }

  /// There is nothing better than the best plan; none at all where there is none.
  void conclude() {
    certain = true;
  }

  boolean isConcluded() {
    return certain;
  }

  /// Whether much better plans than the best one may exist.
  boolean isFar() {
    double least = aim.isLeast() ? bound : bestValue();
    double most = aim.isLeast() ? bestValue() : bound;
    return least < most * CLOSE;
  }

  /// A threshold on cost where no plan is known.
  double firstThreshold() {
    return aim.isLeast() ? searches.bounding.firstThreshold(bound) : 0;
  }

  /// What may be spent until `part` of the budget is.
  long left(double part) {
    return (long) (part * searches.request.workBudget()) - spent();
  }

  long spent() {
    return searches.work.candidates + searches.work.looked - start;
  }
}
