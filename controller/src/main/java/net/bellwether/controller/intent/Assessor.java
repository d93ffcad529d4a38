package net.bellwether.controller.intent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Purpose;
import net.bellwether.controller.state.Session;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;

/// Holds sessions against their promise. Remembers an assessment for as long as what it rests on is
/// the same: with thousands of sessions, a change of one link is news to few of them. Not
/// thread-safe.
final class Assessor {
  /// Delivered rates are promised exactly and estimated with noise; less than this part is a
  /// breach.
  static final double RATE_TOLERANCE = 0.97;

  /// A session that asked for key keeps at least this part of the key rate foreseen for it.
  static final double KEY_RATE_TOLERANCE = 0.5;

  private record Entry(
      Session session, Flow flow, long viewVersion, Ground ground, Assessment assessment) {}

  private final Planning planning;
  private final Map<FlowId, Entry> entries = new HashMap<>();

  Assessor(Planning planning) {
    this.planning = planning;
  }

  /// What the session's target plan yields on `view`, whose links end at no node `outOfBound`. A
  /// view of the same version is the same view.
  Assessment assess(
      Session session, Flow flow, NetworkView view, long viewVersion, Set<NodeId> outOfBound) {
    Entry entry = entries.get(session.id());
    boolean known = entry != null && entry.session().equals(session) && entry.flow().equals(flow);
    if (entry != null && known && entry.viewVersion() == viewVersion) {
      return entry.assessment();
    }
    Ground ground = Ground.of(flow, view, outOfBound);
    Assessment assessment =
        entry != null && known && entry.ground().equals(ground)
            ? entry.assessment()
            : assess(session, flow, view, ground);
    entries.put(session.id(), new Entry(session, flow, viewVersion, ground, assessment));
    return assessment;
  }

  /// Forgets sessions that are not among `live`.
  void retain(Set<FlowId> live) {
    entries.keySet().retainAll(live);
  }

  /// Of a view, what the target plan of a flow rests on: its nodes and link modes, as far as there
  /// are any, and which of its nodes are out of bound.
  private record Ground(List<Node> nodes, List<LinkMode> modes, SortedSet<NodeId> outOfBound) {
    static Ground of(Flow flow, NetworkView view, Set<NodeId> outOfBound) {
      Optional<PlanParts> plan = findRoute(flow).map(route -> PlanParts.of(route.plan()));
      SortedSet<NodeId> wrong = new TreeSet<>(outOfBound);
      wrong.retainAll(flow.findTarget().map(target -> target.ruleSets().keySet()).orElse(Set.of()));
      return new Ground(
          plan.stream()
              .flatMap(parts -> parts.nodes().stream())
              .flatMap(node -> view.findNode(node).stream())
              .toList(),
          plan.stream()
              .flatMap(parts -> parts.modes().stream())
              .flatMap(used -> view.findLinkMode(used.link(), used.mode()).stream())
              .toList(),
          wrong);
    }
  }

  private Assessment assess(Session session, Flow flow, NetworkView view, Ground ground) {
    Purpose.Route route = findRoute(flow).orElse(null);
    if (route == null || !flow.wanted()) {
      return new Assessment(null, session.shortfall().isEmpty() ? "no plan" : session.shortfall());
    }
    if (!ground.outOfBound().isEmpty()) {
      return new Assessment(null, notScheduled(ground.outOfBound()));
    }
    for (PlanParts.UsedMode used : PlanParts.of(route.plan()).modes()) {
      if (view.findLinkMode(used.link(), used.mode()).isEmpty()) {
        return new Assessment(
            null, "link " + used.link() + " makes no pairs in mode " + used.mode());
      }
    }
    Evaluation evaluation = planning.evaluate(session.request(), route, view);
    return new Assessment(evaluation, shortfall(session, route, evaluation));
  }

  /// Why nothing is planned through `nodes`.
  static String notScheduled(SortedSet<NodeId> nodes) {
    String names = nodes.stream().map(NodeId::value).collect(Collectors.joining(", "));
    return nodes.size() == 1
        ? "node " + names + " is not scheduled, its clock is out of bound"
        : "nodes " + names + " are not scheduled, their clocks are out of bound";
  }

  private static String shortfall(Session session, Purpose.Route route, Evaluation evaluation) {
    double fidelity = evaluation.state().fidelity();
    double promised = session.promisedPairsPerSecond();
    if (!session.request().wantsKeyRate() && fidelity < session.request().minFidelity() - 1e-9) {
      return "links now give a fidelity of %.4f, below the floor of %s"
          .formatted(fidelity, session.request().minFidelity());
    }
    if (evaluation.pairsPerSecond() < RATE_TOLERANCE * promised) {
      return "links now give %.3g pairs/s of the promised %.3g"
          .formatted(evaluation.pairsPerSecond(), promised);
    }
    if (session.request().wantsKeyRate()
        && evaluation.asymptoticKeyBitsPerSecond()
            < KEY_RATE_TOLERANCE * route.plannedKeyBitsPerSecond()) {
      return "links now give %.3g secret bits/s of the foreseen %.3g"
          .formatted(evaluation.asymptoticKeyBitsPerSecond(), route.plannedKeyBitsPerSecond());
    }
    return "";
  }

  private static Optional<Purpose.Route> findRoute(Flow flow) {
    return flow.findTarget()
        .map(Generation::purpose)
        .filter(Purpose.Route.class::isInstance)
        .map(Purpose.Route.class::cast);
  }
}
