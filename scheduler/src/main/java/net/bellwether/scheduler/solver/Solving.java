package net.bellwether.scheduler.solver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.bellwether.scheduler.PlanOutcome.Reason;
import net.bellwether.scheduler.Request;
import net.bellwether.scheduler.StateModel;
import net.bellwether.scheduler.solver.Solution.Effort;
import net.bellwether.scheduler.solver.Solution.Found;
import net.bellwether.scheduler.solver.Solution.NotFound;
import net.bellwether.scheduler.solver.SpanSearch.End;
import net.bellwether.scheduler.solver.SpanSearch.Scope;

/// One request on its way: a quick plan on the path that the bound likes best, then everything that
/// could be better. Where the budget does not suffice, the rest of it goes into the bound.
final class Solving {
  /// How coarse a first look is, relative to what is missing to a perfect state.
  private static final double FIRST_LOOK = 3e-2;

  /// A first plan is worth this much, however small the budget.
  private static final long LEAST_LOOK = 2_000;

  private static final double FRONT_COARSENESS = 3e-3;

  private static final double SURVEY_COARSENESS = 1e-2;

  private static final double SURVEY_MARGIN = 0.3;

  /// Growth of the threshold on cost from one attempt to the next.
  private static final double GROWTH = 1.5;

  private static final double LOOK_GROWTH = 2.5;

  /// Attempts on the best path; the last one without a threshold.
  private static final int LAST_LOOK = 5;

  /// Larger networks are not searched as a whole.
  private static final int SURVEYED_NODES = 5_000;

  /// Part of the budget for the proof; the rest is for the bound where the proof does not end.
  private static final double PROOF_PART = 0.6;

  /// A plan is worth proving at once where the bound is at least this part of its cost.
  private static final double CLOSE = 0.6;

  private static final int IMPROVING_PART = 5;

  private static final double IMPROVING = 1e-2;

  private static final double TIGHTENING_PART = 0.2;

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
  private boolean certain;
  private double bound;
  private long start;
  private int passes;
  private long looked;
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
      return new NotFound(Solver.unreachable(request), true, effort());
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
        && new Attainable(usable).isBelow(aims.floorWerner(), required, request.limits().maxHops());
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
    search(front, Scope.ALL, FRONT_COARSENESS, request.workBudget() / FIRST_PART);
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
    search(new Front(aim), Scope.ALL, SURVEY_COARSENESS, request.workBudget() / FIRST_PART);
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
    bound = aim.bound(bounding.pathLength(), 0);
    certain = false;
    start = search.candidates();
    firstLook(aim);
    if (found.isEmpty() && !(aim instanceof Aim.Finest) && isOutOfReach(aim)) {
      return new NotFound(Solver.unreachable(request), isHopeless(), effort());
    }
    improve(aim);
    prove(aim);
    if (found.isEmpty()) {
      boolean proven = certain || isHopeless();
      return new NotFound(
          proven ? Solver.unreachable(request) : Reason.BUDGET_EXHAUSTED, proven, effort());
    }
    return answer(certain ? aim.valueOf(found.getFirst()) : bound);
  }

  /// A plan over the path that the bound likes best.
  private void firstLook(Aim aim) {
    if (request.states() == StateModel.WERNER && !tracked) {
      passes++;
      aim.beyond(aim.isLeast() ? Double.MAX_VALUE : 0);
      long budget = Math.max(LEAST_LOOK, request.workBudget() / FIRST_PART);
      for (int label : bounding.look(scratch.look, budget)) {
        // The look knows no limit on cost.
        if (search.labels.cost[label] < aim.costLimit && aim.take(search.labels, label)) {
          break;
        }
      }
      looked += scratch.look.candidates();
      keep(aim);
    }
    if (found.isEmpty()
        && (tracked || request.states() != StateModel.WERNER || hasCostLimit(aim))) {
      lookAgain(aim);
    }
  }

  /// Whether cost is limited from the start, which the look over the path does not know of.
  private static boolean hasCostLimit(Aim aim) {
    return aim instanceof Aim.Finest;
  }

  /// Plans on the best path alone, in ever larger limits, and at last in none.
  private void lookAgain(Aim aim) {
    bounding.keepToPath();
    double next = aim.isLeast() ? bounding.firstThreshold(bound) : 0;
    for (int look = 1; found.isEmpty(); look++) {
      long left = request.workBudget() / FIRST_PART - spent();
      if (left <= 0) {
        return;
      }
      aim.beyond(look == LAST_LOOK && aim.isLeast() ? Double.MAX_VALUE : next);
      End end = search(aim, Scope.PATH, FIRST_LOOK, left);
      keep(aim);
      if (end == End.OUT_OF_BUDGET || look == LAST_LOOK || !search.wasLimited()) {
        return;
      }
      next *= LOOK_GROWTH;
    }
  }

  /// A coarse search of parts that begin at an end for a better plan, where the first one is far
  /// from the bound.
  private void improve(Aim aim) {
    if (found.isEmpty() || !aim.isLeast()) {
      return;
    }
    double cost = aim.valueOf(found.getFirst());
    if (bound < cost * CLOSE) {
      aim.beyond(cost);
      bounding.findCorridor(aim.lengthLimit);
      search(aim, Scope.ENDS, IMPROVING, request.workBudget() / IMPROVING_PART);
      keep(aim);
    }
  }

  /// Whether a coarse search of all plans, whatever they cost, comes to its end well below the
  /// floor.
  private boolean isOutOfReach(Aim aim) {
    if (usable.snapshot.nodeCount() > SURVEYED_NODES) {
      return false;
    }
    aim.beyond(aim.isLeast() ? Double.MAX_VALUE : 0);
    bounding.findCorridor(Double.POSITIVE_INFINITY);
    Front all = new Front(aim);
    all.lengthLimit = Double.POSITIVE_INFINITY;
    End end = search(all, Scope.ALL, SURVEY_COARSENESS, request.workBudget() / FIRST_PART);
    double finest = 0;
    for (int label = search.newestOfRoot(); label >= 0; label = search.older(label)) {
      finest = Math.max(finest, search.labels.werner[label]);
    }
    // Every operation may lose a little to coarseness.
    double margin = SURVEY_MARGIN * (1 - aims.floorWerner());
    return end == End.EXHAUSTED && finest < aims.floorWerner() - margin;
  }

  /// Searches everything that could be better than what is known; in ever larger limits where
  /// nothing is. What is left of the budget when that does not end goes into the bound.
  private void prove(Aim aim) {
    double tried = found.isEmpty() ? first(aim) : aim.valueOf(found.getFirst());
    while (true) {
      boolean known = !found.isEmpty();
      long left = left(known && aim.isLeast() ? PROOF_PART : 1);
      if (left <= 0) {
        return;
      }
      End end = exactly(aim, tried, left);
      if (!search.isCovered()) {
        return;
      }
      if (end == End.OUT_OF_BUDGET) {
        settle(aim, search.loosened(search.openBound(aim.isLeast()), aim.isLeast()));
        if (aim.isLeast() && !found.isEmpty()) {
          tighten(aim);
        }
        return;
      }
      if (end == End.FOUND || known || !search.wasLimited() || !aim.isLeast()) {
        certain = !search.isOpen();
        if (search.isOpen()) {
          settle(aim, search.openValue());
        }
        return;
      }
      bound = Math.max(bound, search.loosened(tried, true));
      tried *= GROWTH;
    }
  }

  private double first(Aim aim) {
    return aim.isLeast() ? bounding.firstThreshold(bound) : 0;
  }

  private End exactly(Aim aim, double tried, long left) {
    aim.beyond(tried);
    bounding.findCorridor(aim.lengthLimit);
    End end = search(aim, Scope.ALL, 0, left);
    keep(aim);
    return end;
  }

  /// The bound where all that is left is worth `open` at best.
  private void settle(Aim aim, double open) {
    if (aim.isLeast()) {
      double value = found.isEmpty() ? open : aim.valueOf(found.getFirst());
      bound = Math.max(bound, Math.min(open, value));
    } else {
      bound = Math.max(open, aim.bestValue);
    }
  }

  /// Raises the bound on cost: where nothing below a threshold is left, the threshold is one.
  private void tighten(Aim aim) {
    double cost = aim.valueOf(found.getFirst());
    for (double part = PROOF_PART + TIGHTENING_PART; part < 1.01; part += TIGHTENING_PART) {
      long left = left(part);
      double tried = Math.sqrt(bound * cost);
      if (left > 0 && exactly(aim, tried, left) == End.EXHAUSTED && search.isCovered()) {
        bound = Math.max(bound, search.loosened(tried, true));
      }
    }
  }

  /// What may be spent until `part` of the budget is.
  private long left(double part) {
    return (long) (part * request.workBudget()) - spent();
  }

  private long spent() {
    return search.candidates() + looked - start;
  }

  private End search(Aim aim, Scope scope, double coarseness, long budget) {
    passes++;
    return search.search(aim, tracked, scope, coarseness, budget);
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

  private Effort effort() {
    return new Effort(search.candidates() + looked, search.processed(), search.spanCount(), passes);
  }
}
