package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.request.Reason;
import net.bellwether.scheduler.solver.Solution.Found;
import net.bellwether.scheduler.solver.Solution.NotFound;

/// One request on its way: a quick plan on the path that the bound likes best, then everything that
/// could be better. Where the budget does not suffice, the rest of it goes into the bound.
final class Solving {
  /// Part of the budget that may be spent once the other paths were looked at.
  private static final double ELSEWHERE = 0.85;

  private final Searches searches;

  Solving(Searches searches) {
    this.searches = searches;
  }

  Solution run() {
    if (searches.aims.floorWerner() > attainable() + Aim.TOLERANCE) {
      return unreachable(true);
    }
    boolean tracked = !searches.question.required.isEmpty();
    Solution solution = solve(tracked);
    if (!tracked && solution instanceof Found better && searches.isTooLong(better.best())) {
      // The limit on hops binds: only now it is worth its labels.
      return solve(true);
    }
    return solution;
  }

  private Solution solve(boolean tracked) {
    Attempt attempt = new Attempt(searches, tracked);
    FirstPlan first = new FirstPlan(attempt);
    first.look();
    if (!attempt.hasPlan()
        && !(attempt.aim instanceof Aim.Finest)
        && new Survey(searches, tracked).isOutOfReach(attempt.aim)) {
      return unreachable(isHopeless());
    }
    first.improve();
    Proof proof = new Proof(attempt);
    if (!proof.prove()) {
      first.lookElsewhere(ELSEWHERE);
      proof.tighten();
    }
    if (attempt.hasPlan()) {
      return answer(attempt.best(), attempt.bound());
    }
    if (attempt.isConcluded() || isHopeless()) {
      return unreachable(true);
    }
    return new NotFound(Reason.BUDGET_EXHAUSTED, false, searches.work.effort());
  }

  /// Of Bell-diagonal states nothing is known.
  private double attainable() {
    return searches.ofWernerStates() ? new Attainable(searches.question.usable).bound() : 1;
  }

  private boolean isHopeless() {
    return searches.ofWernerStates()
        && new Attainable(searches.question.usable)
            .isBelow(
                searches.aims.floorWerner(),
                searches.question.required,
                searches.request.limits().maxHops());
  }

  private Found answer(FluidPlan best, double bound) {
    double outer = searches.aims.outer(bound);
    double inner = best.value();
    double larger = Math.max(Math.abs(outer), Math.abs(inner));
    double gap = larger == 0 ? 0 : Math.max(0, Math.abs(outer - inner) / larger);
    return new Found(best, outer, gap, searches.work.effort());
  }

  private NotFound unreachable(boolean proven) {
    Reason reason = Solver.unreachable(searches.request);
    return new NotFound(reason, proven, searches.work.effort());
  }
}
