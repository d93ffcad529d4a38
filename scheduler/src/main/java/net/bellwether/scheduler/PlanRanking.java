package net.bellwether.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.bellwether.scheduler.PlanOutcome.Rejected;
import net.bellwether.scheduler.request.Ending;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Reason;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.solver.FluidEvaluator;
import net.bellwether.scheduler.solver.FluidPlan;
import net.bellwether.scheduler.solver.NetworkSnapshot;
import net.bellwether.scheduler.solver.Solution;
import net.bellwether.scheduler.solver.Solution.Found;
import net.bellwether.scheduler.solver.Solution.NotFound;
import net.bellwether.scheduler.solver.Solver;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.stage.Staging;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;

/// Plans for a request that deliver what it asks, best delivered objective first; or why there are
/// none.
sealed interface PlanRanking {
  /// Never empty. `solution` is that of the fluid model, with all time of the links.
  record Ranked(List<Entry> entries, Request request, Found solution) implements PlanRanking {
    PlanOutcome.Planned planned(Entry entry) {
      double share = share(request);
      double value = entry.candidate().value() * share;
      double bound = solution.bound() * share;
      double larger = Math.max(Math.abs(value), Math.abs(bound));
      return new PlanOutcome.Planned(
          entry.candidate().plan(),
          entry.choice().grant(),
          entry.choice().evaluation(),
          value,
          bound,
          larger == 0 ? 0 : Math.abs(bound - value) / larger,
          solution.effort());
    }
  }

  /// The best plan is one that agents cannot run.
  record Unrunnable(PlanOutcome.Fluid fluid) implements PlanRanking {}

  record None(Rejected rejected) implements PlanRanking {}

  /// A plan with the rounds that suit it best if it had all free time.
  record Entry(FluidPlan candidate, StagedPlan staged, RoundPlanner.Choice choice) {}

  /// Delivered plans evaluated per search; more only reorder what is close.
  int MAX_EVALUATED = 48;

  /// Plans of the fluid model considered, and how far below the best.
  int MAX_CANDIDATES = 64;

  double CANDIDATE_SPREAD = 0.5;

  /// Waiting and decay cost fidelity: so often is the floor of the search raised to make up for it.
  int MAX_RAISES = 6;

  static PlanRanking of(NetworkSnapshot snapshot, NetworkView view, Request request) {
    Optional<Rejected> impossible = impossible(view, request);
    if (impossible.isPresent()) {
      return new None(impossible.get());
    }
    if (!request.limits().relays().isEmpty()) {
      return RelayPlanner.plan(snapshot, view, request);
    }
    return switch (Solver.solve(snapshot, request)) {
      case NotFound none -> new None(Refusal.of(snapshot, view, request, none));
      case Found found -> delivered(snapshot, view, request, found);
    };
  }

  private static PlanRanking delivered(
      NetworkSnapshot snapshot, NetworkView view, Request request, Found found) {
    Solution solution = found;
    double floor = request.minFidelity();
    double reached = 0;
    for (int raise = 0; raise <= MAX_RAISES && solution instanceof Found at; raise++) {
      Request raised = request.withMinFidelity(floor);
      List<FluidPlan> candidates =
          Solver.front(snapshot, raised, at.best(), CANDIDATE_SPREAD, MAX_CANDIDATES);
      List<StagedCandidate> runnable = runnable(candidates, view, request.ending());
      if (runnable.isEmpty() && raise == 0) {
        return new Unrunnable(fluid(found, view, request));
      }
      if (runnable.isEmpty()) {
        break;
      }
      Attempted attempted = deliver(view, request, runnable);
      if (!attempted.entries().isEmpty()) {
        return new Ranked(attempted.entries(), request, found);
      }
      reached = Math.max(reached, attempted.reachedFidelity());
      // What the best candidate lost by waiting, and a little, is what the next must have to spare.
      floor = Math.min(1, floor + Math.max(0.001, 1.1 * (request.minFidelity() - reached)));
      solution = Solver.solve(snapshot, request.withMinFidelity(floor));
    }
    return new None(Refusal.undelivered(snapshot, view, request, reached));
  }

  /// Values of rates are shares of what all time would give; costs and fidelities are not.
  static double share(Request request) {
    return switch (request.objective()) {
      case Objective.PairRate _, Objective.SecretKeyRate _ -> SESSION_SHARE;
      case Objective.Cheapest _, Objective.Fidelity _ -> 1;
    };
  }

  double SESSION_SHARE = SessionWindow.LENGTH_PICOS / (double) NetworkTime.FRAME_PICOS;

  /// A candidate that agents can run.
  record StagedCandidate(FluidPlan plan, StagedPlan staged, double memoryShare) {}

  private static List<StagedCandidate> runnable(
      List<FluidPlan> candidates, NetworkView view, Ending ending) {
    List<StagedCandidate> runnable = new ArrayList<>();
    for (FluidPlan candidate : candidates) {
      if (StagedPlan.stage(candidate.plan(), view, ending) instanceof Staging.Staged(var staged)) {
        runnable.add(new StagedCandidate(candidate, staged, MemoryShare.of(staged, view)));
      }
    }
    return runnable;
  }

  static PlanOutcome.Fluid fluid(Found found, NetworkView view, Request request) {
    FluidPlan best = found.best();
    double share = share(request);
    return new PlanOutcome.Fluid(
        best.plan(),
        FluidEvaluator.figures(best, view, request, SESSION_SHARE),
        found.bound() * share,
        found.gap(),
        found.effort(),
        refusal(StagedPlan.stage(best.plan(), view)));
  }

  private static String refusal(Staging staging) {
    return switch (staging) {
      case Staging.Refused(String reason) -> reason;
      case Staging.Staged staged ->
          throw new IllegalStateException("plan (" + staged + ") must be one that is refused");
    };
  }

  record Attempted(List<Entry> entries, double reachedFidelity) {}

  private static Attempted deliver(
      NetworkView view, Request request, List<StagedCandidate> candidates) {
    List<Entry> entries = new ArrayList<>();
    double best = 0;
    double reached = 0;
    int evaluated = 0;
    for (StagedCandidate candidate : candidates) {
      boolean beaten =
          isBoundedByFluid(request.objective()) && candidate.plan().value() * SESSION_SHARE <= best;
      if (candidate.memoryShare() <= 0 || beaten || evaluated++ == MAX_EVALUATED) {
        continue;
      }
      var planner = new RoundPlanner(candidate.staged(), view, candidate.memoryShare());
      long length = freeLength(candidate.staged());
      var choice =
          planner.best(
              SessionWindow.START_PICOS, length, request.objective(), request.minFidelity());
      if (choice.isPresent()) {
        entries.add(new Entry(candidate.plan(), candidate.staged(), choice.get()));
        best = Math.max(best, choice.get().value(request.objective()));
      } else if (best == 0) {
        reached = Math.max(reached, finestFidelity(planner, length));
      }
    }
    if (!(request.objective() instanceof Objective.Cheapest)) {
      entries.sort(
          Comparator.comparingDouble((Entry entry) -> entry.choice().value(request.objective()))
              .reversed());
    }
    return new Attempted(entries, reached);
  }

  /// Whether nothing delivers more than its fluid value.
  private static boolean isBoundedByFluid(Objective objective) {
    return switch (objective) {
      case Objective.PairRate _ -> true;
      case Objective.SecretKeyRate key -> key.blockPairs().isEmpty();
      case Objective.Cheapest _, Objective.Fidelity _ -> false;
    };
  }

  static long freeLength(StagedPlan staged) {
    double free = 1;
    for (LinkMode mode : staged.links()) {
      free = Math.min(free, mode.freeShare());
    }
    return (long) (SessionWindow.LENGTH_PICOS * free);
  }

  static double finestFidelity(RoundPlanner planner, long length) {
    return planner
        .finest(SessionWindow.START_PICOS, length)
        .map(choice -> choice.evaluation().state().fidelity())
        .orElse(0.0);
  }

  private static Optional<Rejected> impossible(NetworkView view, Request request) {
    for (NodeId end : List.of(request.from(), request.to())) {
      Optional<Node> node = view.findNode(end);
      if (node.isEmpty()) {
        return rejected(Reason.UNKNOWN_NODE, "node (" + end + ") is not in the network");
      }
      if (node.get().role() == NodeRole.REPEATER) {
        return rejected(
            Reason.NOT_AN_END,
            "node (%s) is a repeater; sessions begin and end at an end node or a trusted node"
                .formatted(end));
      }
      if (request.limits().excludedNodes().contains(end)) {
        return rejected(Reason.NO_PATH, "node (" + end + ") is excluded by the request itself");
      }
    }
    return Optional.empty();
  }

  private static Optional<Rejected> rejected(Reason reason, String detail) {
    return Optional.of(new Rejected(reason, detail, OptionalDouble.empty()));
  }
}
