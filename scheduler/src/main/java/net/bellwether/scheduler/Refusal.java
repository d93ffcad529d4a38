package net.bellwether.scheduler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import net.bellwether.scheduler.PlanOutcome.Rejected;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Reason;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.solver.FluidPlan;
import net.bellwether.scheduler.solver.NetworkSnapshot;
import net.bellwether.scheduler.solver.Solution;
import net.bellwether.scheduler.solver.Solution.NotFound;
import net.bellwether.scheduler.solver.Solver;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.stage.Staging;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;

/// Says why there is no plan, what is the nearest that there is, and what would help.
final class Refusal {
  /// Finest plans looked at for what they deliver.
  private static final int MAX_FINEST = 24;

  /// Larger networks are not built again only to give advice.
  private static final int ADVISED_NODES = 5_000;

  /// Part of the budget of a request that one piece of advice may take.
  private static final long ADVICE_PART = 10;

  private static final double BARELY = 0.51;

  private final NetworkSnapshot snapshot;
  private final NetworkView view;
  private final Request request;
  private final String ends;

  private Refusal(NetworkSnapshot snapshot, NetworkView view, Request request) {
    this.snapshot = snapshot;
    this.view = view;
    this.request = request;
    this.ends = request.from() + " and " + request.to();
  }

  /// The solver found nothing.
  static Rejected of(
      NetworkSnapshot snapshot, NetworkView view, Request request, NotFound notFound) {
    var refusal = new Refusal(snapshot, view, request);
    return switch (notFound.reason()) {
      case NO_PATH ->
          refusal.plain(
              Reason.NO_PATH,
              "no path of at most %d links joins %s within the limits"
                  .formatted(request.limits().maxHops(), refusal.ends));
      case NO_CAPACITY ->
          refusal.plain(
              Reason.NO_CAPACITY,
              "every path between %s lacks free link time for one pair on each link"
                  .formatted(refusal.ends));
      case UNKNOWN_NODE, NOT_AN_END, NOT_TRUSTED ->
          refusal.plain(notFound.reason(), "a node is not in the network");
      case FIDELITY_UNREACHABLE, RATE_UNREACHABLE, NO_SECRET_KEY, BUDGET_EXHAUSTED ->
          refusal.unreachable(notFound.reason() != Reason.BUDGET_EXHAUSTED, 0);
    };
  }

  /// What the solver found loses too much by waiting; `reached` is the best it delivers.
  static Rejected undelivered(
      NetworkSnapshot snapshot, NetworkView view, Request request, double reached) {
    var refusal = new Refusal(snapshot, view, request);
    return refusal.unreachable(true, reached);
  }

  private Rejected plain(Reason reason, String detail) {
    return new Rejected(reason, detail, OptionalDouble.empty());
  }

  /// `reached` is what plans are known to deliver.
  private Rejected unreachable(boolean proven, double reached) {
    List<FluidPlan> finest = Solver.finest(snapshot, request, MAX_FINEST);
    double fidelity = Math.max(reached, delivered(finest));
    OptionalDouble reachable = fidelity > 0 ? OptionalDouble.of(fidelity) : OptionalDouble.empty();
    List<String> advice = advice(fidelity);
    if (!proven) {
      return new Rejected(
          Reason.BUDGET_EXHAUSTED,
          "workBudget (%d plans) ended before a plan between %s was found; raise it or lower maxHops (%d)"
              .formatted(request.workBudget(), ends, request.limits().maxHops()),
          reachable,
          advice);
    }
    if (fidelity == 0 && finest.isEmpty()) {
      return new Rejected(
          Solver.unreachable(request),
          "no plan between %s makes entangled pairs: link pairs at a fidelity of 0.5 or less are of no use"
              .formatted(ends),
          reachable,
          advice);
    }
    if (fidelity == 0) {
      return new Rejected(
          Reason.NO_CAPACITY,
          "with the qubits and link time that are free between %s, every plan delivers less than a pair in a quarter of an hour"
              .formatted(ends),
          reachable,
          advice);
    }
    String best = floor(fidelity);
    return switch (request.objective()) {
      case Objective.Cheapest _, Objective.PairRate _ ->
          new Rejected(
              Reason.FIDELITY_UNREACHABLE,
              "minFidelity (%s) cannot be reached between %s; the best plan delivers %s"
                  .formatted(request.minFidelity(), ends, best),
              reachable,
              advice);
      case Objective.Fidelity least ->
          new Rejected(
              Reason.RATE_UNREACHABLE,
              "no plan between %s%s delivers minPairsPerSecond (%s)%s"
                  .formatted(ends, atFloor(), least.minPairsPerSecond(), mostRate()),
              reachable);
      case Objective.SecretKeyRate _ ->
          new Rejected(
              Reason.NO_SECRET_KEY,
              "no plan between %s yields secret key%s; the best fidelity is %s"
                  .formatted(ends, atFloor(), best),
              reachable,
              advice);
    };
  }

  /// Empty where the floor asks for nothing but entanglement.
  private String atFloor() {
    return request.minFidelity() > BARELY ? " at minFidelity (" + request.minFidelity() + ")" : "";
  }

  private String mostRate() {
    Request rate = request.with(new Objective.PairRate());
    return Solver.solve(snapshot, rate) instanceof Solution.Found found
        ? String.format(
            Locale.ROOT,
            "; at most %.4g pairs a second are possible",
            found.bound() * PlanRanking.SESSION_SHARE)
        : "";
  }

  /// The highest fidelity that any of the finest plans delivers.
  private double delivered(List<FluidPlan> finest) {
    double best = 0;
    for (FluidPlan plan : finest) {
      if (plan.state().fidelity() <= best) {
        break;
      }
      if (StagedPlan.stage(plan.plan(), view) instanceof Staging.Staged(StagedPlan staged)) {
        double share = MemoryShare.of(staged, view);
        if (share > 0) {
          var planner = new RoundPlanner(staged, view, share);
          best =
              Math.max(best, PlanRanking.finestFidelity(planner, PlanRanking.freeLength(staged)));
        }
      }
    }
    return best;
  }

  /// What better hardware would reach, without waiting, where that is more than `reached`.
  private List<String> advice(double reached) {
    List<String> advice = new ArrayList<>();
    if (snapshot.nodeCount() <= ADVISED_NODES) {
      advise(advice, reached, "perfect gates and readout", withPerfectOperations());
      advise(advice, reached, "half the infidelity of link pairs", withFinerLinks());
    }
    return advice;
  }

  private void advise(List<String> advice, double reached, String change, NetworkView changed) {
    Request cheaply = request.withWorkBudget(Math.max(1, request.workBudget() / ADVICE_PART));
    List<FluidPlan> finest = Solver.finest(NetworkSnapshot.of(changed), cheaply, 1);
    double fidelity = finest.isEmpty() ? 0 : finest.getFirst().state().fidelity();
    if (fidelity > reached) {
      advice.add("with %s, %s could be reached".formatted(change, floor(fidelity)));
    }
  }

  private NetworkView withPerfectOperations() {
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (Node node : view.nodes().values()) {
      nodes.put(
          node.id(),
          new Node(
              node.id(),
              node.role(),
              node.communicationQubits(),
              node.memoryQubits(),
              new Operations(1, 0, node.operations().swapSuccessProbability())));
    }
    return new NetworkView(nodes, view.linkModes());
  }

  private NetworkView withFinerLinks() {
    List<LinkMode> modes = new ArrayList<>();
    for (LinkMode mode : view.linkModes()) {
      BellDiagonal state = mode.state();
      modes.add(
          mode.withEstimate(
              mode.attemptSuccessProbability(),
              new BellDiagonal((1 + state.i()) / 2, state.x() / 2, state.y() / 2, state.z() / 2)));
    }
    return new NetworkView(view.nodes(), modes);
  }

  private static String floor(double fidelity) {
    return String.format(Locale.ROOT, "%.4f", Math.floor(fidelity * 1e4) / 1e4);
  }
}
