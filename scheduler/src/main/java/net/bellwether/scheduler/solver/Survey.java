package net.bellwether.scheduler.solver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.bellwether.scheduler.solver.Pass.Scope;
import net.bellwether.scheduler.solver.SpanSearch.End;

/// Coarse searches of all plans for more than the best one: what else there is, and what there
/// cannot be.
final class Survey {
  private static final double FRONT_COARSENESS = 3e-3;

  private static final double SURVEY_COARSENESS = 1e-2;

  private static final double SURVEY_MARGIN = 0.3;

  /// Larger networks are not searched as a whole.
  private static final int SURVEYED_NODES = 5_000;

  private final Searches searches;
  private final boolean tracked;

  Survey(Searches searches, boolean tracked) {
    this.searches = searches;
    this.tracked = tracked;
  }

  Survey(Searches searches) {
    this(searches, !searches.question.required.isEmpty());
  }

  /// Plans within `spread` of the value of the best one, best first.
  List<FluidPlan> front(FluidPlan best, double spread, int most) {
    Aim aim = searches.aim();
    Front front = new Front(aim, aim.valueOf(best), spread, searches.aims.floorWerner());
    searches.bounding.findCorridor(front.lengthLimit);
    boolean hopsMatter = FluidEvaluator.hops(best.plan()) * 2 > searches.request.limits().maxHops();
    Pass pass = new Pass(front, tracked || hopsMatter, Scope.ALL, FRONT_COARSENESS);
    searches.search(pass, searches.firstBudget());
    List<FluidPlan> plans = new ArrayList<>();
    plans.add(best);
    for (int label : front.labels()) {
      FluidPlan plan = searches.plan(label);
      if (!plan.plan().equals(best.plan()) && plan.value() > 0) {
        plans.add(plan);
      }
    }
    Comparator<FluidPlan> order = Comparator.comparingDouble(FluidPlan::value);
    plans.sort(searches.request.objective().minimises() ? order : order.reversed());
    return plans.subList(0, Math.min(plans.size(), most));
  }

  /// The finest plans seen, finest first.
  List<FluidPlan> finest(int most) {
    Aim aim = searches.aim();
    aim.beyond(0);
    SpanSearch search = searchAll(aim);
    List<FluidPlan> plans = new ArrayList<>();
    int[] older = searches.scratch.labels.older;
    for (int label = search.newestOfRoot(); label >= 0; label = older[label]) {
      plans.add(searches.plan(label));
    }
    for (int label : searches.bounding.look(searches.scratch.look, searches.firstBudget())) {
      plans.add(searches.plan(label));
    }
    plans.sort(Comparator.comparingDouble((FluidPlan plan) -> plan.state().fidelity()).reversed());
    return plans.subList(0, Math.min(plans.size(), most));
  }

  /// Whether a search of all plans, whatever they cost, comes to its end well below the floor.
  boolean isOutOfReach(Aim aim) {
    if (searches.question.usable.snapshot.nodeCount() > SURVEYED_NODES) {
      return false;
    }
    aim.beyond(aim.isLeast() ? Double.MAX_VALUE : 0);
    SpanSearch search = searchAll(aim);
    double finest = 0;
    Labels labels = searches.scratch.labels;
    for (int label = search.newestOfRoot(); label >= 0; label = labels.older[label]) {
      finest = Math.max(finest, labels.werner[label]);
    }
    double floor = searches.aims.floorWerner();
    // Every operation may lose a little to coarseness.
    double margin = SURVEY_MARGIN * (1 - floor);
    return search.end() == End.EXHAUSTED && finest < floor - margin;
  }

  /// In the limit on cost that `aim` has, however long.
  private SpanSearch searchAll(Aim aim) {
    searches.bounding.findCorridor(Double.POSITIVE_INFINITY);
    Front all = new Front(aim);
    all.lengthLimit = Double.POSITIVE_INFINITY;
    Pass pass = new Pass(all, tracked, Scope.ALL, SURVEY_COARSENESS);
    return searches.search(pass, searches.firstBudget());
  }
}
