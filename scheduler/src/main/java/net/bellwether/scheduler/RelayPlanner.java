package net.bellwether.scheduler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import net.bellwether.scheduler.PlanOutcome.Rejected;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Reason;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.solver.FluidEvaluator;
import net.bellwether.scheduler.solver.FluidFigures;
import net.bellwether.scheduler.solver.FluidPlan;
import net.bellwether.scheduler.solver.NetworkSnapshot;
import net.bellwether.scheduler.solver.Solution;
import net.bellwether.scheduler.solver.Solution.Effort;
import net.bellwether.scheduler.solver.Solver;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Keys over trusted nodes: the widest path over segments, each of which is planned for the most
/// key by itself. Segments that meet on a link share its time, which the value counts and the bound
/// does not.
final class RelayPlanner {
  private final NetworkSnapshot snapshot;
  private final NetworkView view;
  private final Request request;
  private final List<NodeId> stops = new ArrayList<>();
  private final double[] width;
  private final double[] bound;
  private final int[] before;
  private final FluidPlan[] segment;
  private long candidates;
  private long labels;
  private int passes;

  private RelayPlanner(NetworkSnapshot snapshot, NetworkView view, Request request) {
    this.snapshot = snapshot;
    this.view = view;
    this.request = request;
    stops.add(request.from());
    view.nodes().keySet().stream()
        .filter(request.limits().relays()::contains)
        .filter(node -> !node.equals(request.from()) && !node.equals(request.to()))
        .forEach(stops::add);
    stops.add(request.to());
    width = new double[stops.size()];
    bound = new double[stops.size()];
    before = new int[stops.size()];
    segment = new FluidPlan[stops.size()];
  }

  static PlanRanking plan(NetworkSnapshot snapshot, NetworkView view, Request request) {
    for (NodeId relay : request.limits().relays()) {
      if (view.findNode(relay).filter(node -> node.role() == NodeRole.TRUSTED_NODE).isEmpty()) {
        return new PlanRanking.None(
            new Rejected(
                Reason.NOT_TRUSTED,
                "relay (" + relay + ") must be a trusted node of the network",
                OptionalDouble.empty()));
      }
    }
    return new RelayPlanner(snapshot, view, request).widest();
  }

  /// Dijkstra's algorithm for the widest path, by values; and once more by bounds.
  private PlanRanking widest() {
    int last = stops.size() - 1;
    boolean[] settled = new boolean[stops.size()];
    width[0] = Double.POSITIVE_INFINITY;
    bound[0] = Double.POSITIVE_INFINITY;
    for (int round = 0; round <= last; round++) {
      int here = -1;
      for (int i = 0; i <= last; i++) {
        if (!settled[i] && (here < 0 || width[i] > width[here])) {
          here = i;
        }
      }
      settled[here] = true;
      if (here == last || width[here] == 0) {
        continue;
      }
      for (int to = 1; to <= last; to++) {
        if (to != here) {
          extend(here, to, settled[to]);
        }
      }
    }
    if (width[last] == 0) {
      return new PlanRanking.None(
          new Rejected(
              Reason.NO_SECRET_KEY,
              "no chain of segments between %s and %s over the relays yields secret key"
                  .formatted(request.from(), request.to()),
              OptionalDouble.empty()));
    }
    return new PlanRanking.Unrunnable(outcome(last));
  }

  private void extend(int here, int to, boolean known) {
    Request part = request.between(stops.get(here), stops.get(to));
    if (Solver.solve(snapshot, part) instanceof Solution.Found found) {
      candidates += found.effort().candidates();
      labels += found.effort().labels();
      passes += found.effort().passes();
      bound[to] = Math.max(bound[to], Math.min(bound[here], found.bound()));
      double through = Math.min(width[here], found.best().value());
      if (!known && through > width[to]) {
        width[to] = through;
        before[to] = here;
        segment[to] = found.best();
      }
    }
  }

  private PlanOutcome.Fluid outcome(int last) {
    List<FluidPlan> segments = new ArrayList<>();
    for (int at = last; at > 0; at = before[at]) {
      segments.addFirst(segment[at]);
    }
    Plan plan = segments.getFirst().plan();
    SequencedMap<LinkId, Double> perBit = new LinkedHashMap<>();
    for (FluidPlan each : segments) {
      if (!each.plan().left().equals(request.from())) {
        plan = new Plan.Relay(plan, each.plan(), each.plan().left());
      }
      double bitsPerPair = each.value() * each.cost();
      FluidEvaluator.figures(each, view, request, 1)
          .pairsConsumedPerLink()
          .forEach((link, pairs) -> perBit.merge(link, pairs / bitsPerPair, Double::sum));
    }
    double value = width[last];
    for (LinkMode mode : view.linkModes()) {
      Double pairs = perBit.get(mode.link());
      if (pairs != null && segments.size() > 1) {
        value = Math.min(value, mode.fluidPairsPerSecond() * mode.freeShare() / pairs);
      }
    }
    double share = PlanRanking.SESSION_SHARE;
    double upper = Math.max(bound[last], value);
    return new PlanOutcome.Fluid(
        plan,
        new FluidFigures(value * share, 0, Optional.empty(), value * share, perBit),
        upper * share,
        (upper - value) / upper,
        new Effort(candidates, labels, 0, passes),
        segments.size() > 1 ? "it relays keys; agents forward none yet" : "it has no relay");
  }
}
