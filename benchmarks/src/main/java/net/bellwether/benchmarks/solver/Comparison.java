package net.bellwether.benchmarks.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.bellwether.benchmarks.baseline.PathBaseline;
import net.bellwether.benchmarks.baseline.PathBaseline.Weight;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.solver.FluidEvaluator;
import net.bellwether.scheduler.solver.FluidPlan;

/// One request answered by the solver and by what a user would write, one right after the other.
/// Costs of the baseline's plans are the evaluator's, from the tree; NaN where it has no plan.
record Comparison(
    Answer solver, Path byFidelity, Path byHops, long dijkstraNanos, double dijkstraCost) {
  static final int PATHS = 5;

  /// Of k shortest paths: time to find them, time to find the best plan along them, and its cost.
  record Path(long pathNanos, long planNanos, double cost) {
    long nanos() {
      return pathNanos + planNanos;
    }
  }

  /// Whose turn is first changes from request to request.
  static Comparison of(
      TestNetwork network, PathBaseline baseline, Question question, Request request, int turn) {
    Contest contest = new Contest(network, baseline, question, request);
    return contest.run(turn % 2 == 0 ? Optional.of(contest.solver()) : Optional.empty());
  }

  /// The cheaper of both baselines; NaN where neither has a plan.
  double baselineCost() {
    return Double.isNaN(byFidelity.cost())
        ? byHops.cost()
        : Double.isNaN(byHops.cost())
            ? byFidelity.cost()
            : Math.min(byFidelity.cost(), byHops.cost());
  }

  /// The faster of both baselines.
  long baselineNanos() {
    return Math.min(byFidelity.nanos(), byHops.nanos());
  }

  boolean baselineHasPlan() {
    return !Double.isNaN(baselineCost());
  }

  boolean isCheaperBaseline() {
    return solver.isPlan() && baselineHasPlan() && baselineCost() < solver.cost() * (1 - 1e-9);
  }

  /// Whether the solver calls something proven that the baseline disproves.
  boolean isRefuted() {
    return (solver.isProvenBest() && isCheaperBaseline())
        || (solver.isProvenInfeasible() && baselineHasPlan());
  }

  private record Contest(
      TestNetwork network, PathBaseline baseline, Question question, Request request) {

    Answer solver() {
      return Answer.to(network.snapshot(), request);
    }

    Comparison run(Optional<Answer> already) {
      Path byFidelity = path(Weight.LOST_FIDELITY);
      Path byHops = path(Weight.HOPS);
      var dijkstra = Answer.Timed.of(() -> baseline.fewestHops(request.from(), request.to()));
      double dijkstraCost = cost(plan(dijkstra.result()));
      return new Comparison(
          already.orElseGet(this::solver), byFidelity, byHops, dijkstra.nanos(), dijkstraCost);
    }

    private Path path(Weight weight) {
      var paths =
          Answer.Timed.of(() -> baseline.paths(request.from(), request.to(), PATHS, weight));
      var plan = Answer.Timed.of(() -> plan(paths.result()));
      return new Path(paths.nanos(), plan.nanos(), cost(plan.result()));
    }

    private Optional<Plan> plan(List<List<Integer>> paths) {
      return baseline.plan(
          paths,
          request.from(),
          request.minFidelity(),
          question.asksForRate(),
          question.purifications());
    }

    private double cost(Optional<Plan> plan) {
      return plan.map(this::cost).orElse(Double.NaN);
    }

    private double cost(Plan tree) {
      FluidPlan value = FluidEvaluator.evaluate(tree, network.view(), request);
      if (value.state().fidelity() < request.minFidelity() - 1e-9) {
        throw new IllegalStateException(
            "fidelity (%s) of the baseline's plan must be at least the floor (%s)"
                .formatted(value.state().fidelity(), request.minFidelity()));
      }
      return value.cost();
    }
  }

  /// Asks until the solver has looked at `workLimit` candidates in all.
  static List<Comparison> all(
      TestNetwork network,
      PathBaseline baseline,
      Question question,
      List<Ends> ends,
      double minFidelity,
      long workBudget,
      long workLimit) {
    List<Comparison> comparisons = new ArrayList<>();
    long work = 0;
    for (Ends each : ends) {
      if (work >= workLimit) {
        break;
      }
      Request request = question.ask(each, minFidelity, workBudget);
      Comparison comparison = of(network, baseline, question, request, comparisons.size());
      work += comparison.solver().solution().effort().candidates();
      comparisons.add(comparison);
    }
    return comparisons;
  }
}
