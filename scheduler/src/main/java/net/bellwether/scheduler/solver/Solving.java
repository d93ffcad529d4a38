package net.bellwether.scheduler.solver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.bellwether.scheduler.Objective;
import net.bellwether.scheduler.PlanOutcome.Reason;
import net.bellwether.scheduler.Request;
import net.bellwether.scheduler.StateModel;
import net.bellwether.scheduler.solver.Solution.Effort;
import net.bellwether.scheduler.solver.Solution.Found;
import net.bellwether.scheduler.solver.Solution.NotFound;
import net.bellwether.scheduler.solver.SpanSearch.End;

/// One request on its way: a quick plan on the path that the bound likes best, then everything that
/// could be better. Where the budget does not suffice, the rest of it goes into the bound.
final class Solving {
  /// How coarse a first look is, relative to what is missing to a perfect state.
  private static final double FIRST_LOOK = 1e-2;

  private static final double FRONT_COARSENESS = 3e-3;

  private static final double FINEST_COARSENESS = 1e-2;

  /// Growth of the threshold on cost from one attempt to the next.
  private static final double GROWTH = 1.5;

  /// Part of the budget for finding a first plan.
  private static final int FIRST_PART = 3;

  private final Usable usable;
  private final Request request;
  private final Scratch scratch;
  private final SpanSearch search;
  private final Bounding bounding;
  private final Requirements required;
  private final Aims aims;
  private boolean tracked;
  private int passes;
  private List<FluidPlan> found = new ArrayList<>();

  Solving(Usable usable, Request request, Scratch scratch) {
    this.usable = usable;
    this.request = request;
    this.scratch = scratch;
    this.search = scratch.search;
    this.aims = new Aims(usable, request);
    this.bounding = new Bounding(usable, request, scratch);
    this.required = Requirements.of(usable.snapshot, request.limits());
    this.tracked = !required.isEmpty();
  }

  Solution run() {
    if (!ask()) {
      return new NotFound(Reason.NO_PATH, true, effort());
    }
    if (aims.floorWerner() > attainable() + Aim.TOLERANCE) {
      return new NotFound(reason(), true, effort());
    }
    Solution solution = solve(aims.of(bounding.metric()));
    if (!tracked && solution instanceof Found better && isTooLong(better.best())) {
      // The limit on hops binds: only now it is worth its labels.
      tracked = true;
      found = new ArrayList<>();
      solution = solve(aims.of(bounding.metric()));
    }
    return solution;
  }

  /// Of Bell-diagonal states nothing is known.
  private double attainable() {
    return request.states() == StateModel.WERNER ? new Attainable(usable).bound() : 1;
  }

  private boolean isHopeless() {
    return request.states() == StateModel.WERNER
        && new Attainable(usable)
            .isBelow(aims.floorWerner(), required, request.limits().maxHops());
  }

  private boolean ask() {
    if (!bounding.findPath(aims.floorLoss())) {
      return false;
    }
    search.ask(
        usable,
        bounding.metric(),
        scratch.near(),
        scratch.far(),
        required,
        request.states(),
        request.purifications());
    return true;
  }

  /// Plans within `spread` of the value of the best one, best first.
  List<FluidPlan> front(FluidPlan best, double spread, int most) {
    tracked |= isTooLong(best) || FluidEvaluator.hops(best.plan()) * 2 > request.limits().maxHops();
    if (!ask()) {
      return List.of();
    }
    Aim aim = aims.of(bounding.metric());
    Front front = new Front(aim, aim.valueOf(best), spread, aims.floorWerner());
    bounding.findCorridor(front.lengthLimit);
    search(front, false, FRONT_COARSENESS, request.workBudget() / FIRST_PART);
    List<FluidPlan> plans = new ArrayList<>();
    plans.add(best);
    for (int label : front.labels()) {
      FluidPlan plan = aims.plan(search.labels, label, usable);
      if (!plan.plan().equals(best.plan()) && plan.value() > 0) {
        plans.add(plan);
      }
    }
    Comparator<FluidPlan> order = Comparator.comparingDouble(FluidPlan::value);
    plans.sort(request.objective().minimises() ? order : order.reversed());
    return plans.subList(0, Math.min(plans.size(), most));
  }

  /// The finest plans seen, finest first.
  List<FluidPlan> finest(int most) {
    if (!ask()) {
      return List.of();
    }
    Aim aim = aims.of(bounding.metric());
    aim.beyond(0);
    bounding.findCorridor(Double.POSITIVE_INFINITY);
    aim.lengthLimit = Double.POSITIVE_INFINITY;
    search(new Front(aim), false, FINEST_COARSENESS, request.workBudget() / FIRST_PART);
    List<FluidPlan> plans = new ArrayList<>();
    for (int label = search.newestOfRoot(); label >= 0; label = search.older(label)) {
      plans.add(aims.plan(search.labels, label, usable));
    }
    plans.sort(Comparator.comparingDouble((FluidPlan plan) -> plan.state().fidelity()).reversed());
    return plans.subList(0, Math.min(plans.size(), most));
  }

  private boolean isTooLong(FluidPlan plan) {
    return FluidEvaluator.hops(plan.plan()) > request.limits().maxHops();
  }

  private Solution solve(Aim aim) {
    boolean least = request.objective().minimises() || aim instanceof Aim.Least;
    boolean certain = false;
    double bound = aim.bound(bounding.pathLength(), 0);
    long start = search.candidates();
    long budget = request.workBudget();
    firstLook(aim, budget / FIRST_PART);
    double threshold = found.isEmpty() ? Double.NaN : aim.valueOf(found.getFirst());
    double next = aim instanceof Aim.Least ? bounding.firstThreshold(bound) : 0;
    boolean bounded = false;
    while (true) {
      boolean hasThreshold = !Double.isNaN(threshold);
      double tried = hasThreshold ? threshold : next;
      aim.beyond(tried);
      bounding.findCorridor(aim.lengthLimit);
      long left = budget - (search.candidates() - start);
      if (left <= 0) {
        break;
      }
      End end = search(aim, false, 0, left);
      keep(aim);
      if (end == End.OUT_OF_BUDGET) {
        double open = search.openBound(least);
        if (!Double.isNaN(search.openValue())) {
          open = least ? Math.min(open, search.openValue()) : Math.max(open, search.openValue());
        }
        bound = least ? Math.max(bound, Math.min(open, tried)) : Math.max(open, aim.bestValue);
        bounded = true;
        break;
      }
      if (!Double.isNaN(search.openValue())) {
        double open = search.openValue();
        bound = least ? Math.max(bound, open) : Math.max(open, aim.bestValue);
        bounded = true;
        break;
      }
      if (end == End.FOUND || hasThreshold || !search.wasLimited() || !(aim instanceof Aim.Least)) {
        certain = true;
        break;
      }
      bound = Math.max(bound, tried);
      next = tried * GROWTH;
    }
    if (found.isEmpty()) {
      return new NotFound(reason(), certain || isHopeless(), effort());
    }
    double value = aim.valueOf(found.getFirst());
    if (certain) {
      bound = value;
    } else if (!least && !bounded) {
      bound = Math.max(bound, value);
    }
    return answer(bound);
  }

  /// Plans on the best path alone, in ever larger limits.
  private void firstLook(Aim aim, long budget) {
    bounding.keepToPath();
    long start = search.candidates();
    double next =
        aim instanceof Aim.Least ? bounding.firstThreshold(aim.bound(bounding.pathLength(), 0)) : 0;
    while (search.candidates() - start < budget) {
      aim.beyond(next);
      End end = search(aim, true, FIRST_LOOK, budget - (search.candidates() - start));
      keep(aim);
      if (!found.isEmpty()
          || end == End.OUT_OF_BUDGET
          || !search.wasLimited()
          || !(aim instanceof Aim.Least)) {
        return;
      }
      next *= GROWTH;
    }
  }

  private End search(Aim aim, boolean onPath, double coarseness, long budget) {
    passes++;
    return search.search(aim, tracked, onPath, coarseness, budget);
  }

  /// Takes the best plan of the last search, if it is better than what was known.
  private void keep(Aim aim) {
    if (aim.best >= 0) {
      FluidPlan plan = aims.plan(search.labels, aim.best, usable);
      found.clear();
      found.add(plan);
    }
  }

  private Found answer(double bound) {
    double outer = aims.outer(bound);
    double inner = found.getFirst().value();
    double larger = Math.max(Math.abs(outer), Math.abs(inner));
    double gap = larger == 0 ? 0 : Math.max(0, Math.abs(outer - inner) / larger);
    return new Found(found.getFirst(), outer, gap, effort());
  }

  private Reason reason() {
    return request.objective() instanceof Objective.SecretKeyRate
        ? Reason.NO_SECRET_KEY
        : Reason.FIDELITY_UNREACHABLE;
  }

  private Effort effort() {
    return new Effort(search.candidates(), search.processed(), search.spanCount(), passes);
  }
}
