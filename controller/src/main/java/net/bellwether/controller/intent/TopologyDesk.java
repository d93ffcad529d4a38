package net.bellwether.controller.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Purpose;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;

/// Applies topologies under live sessions. A session keeps its plan where every node and link of it
/// is declared exactly as before; any other is planned anew or, where that fails, degraded, and
/// only if the operator allowed it.
public final class TopologyDesk {
  private final Planning planning;

  public TopologyDesk(Planning planning) {
    this.planning = planning;
  }

  /// `view` is the new network as planning would take it.
  public Application apply(
      ControlState state, TopologyInForce next, NetworkView view, boolean replan) {
    List<Session> affected = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (Session session : state.liveSessions()) {
      Optional<String> misfit = misfit(state, session, next.network());
      if (misfit.isPresent()) {
        affected.add(session);
        sentences.add(session.id() + ": " + misfit.get());
      } else {
        kept.add(session.id().value());
      }
    }
    if (!affected.isEmpty() && !replan) {
      return new Application.Refused(sentences);
    }
    ControlState result = state.with(next);
    for (Session session : affected) {
      result = replanned(result, next.network(), view, session);
    }
    return new Application.Applied(
        result, kept, affected.stream().map(s -> s.id().value()).toList());
  }

  private ControlState replanned(
      ControlState state, Network network, NetworkView view, Session session) {
    Flow flow = state.findFlow(session.id()).orElseGet(() -> Flow.empty(session.id()));
    String lost;
    if (network.findNode(session.request().fromNode()).isEmpty()
        || network.findNode(session.request().toNode()).isEmpty()) {
      lost = "the topology no longer has both of its end nodes";
    } else {
      switch (planning.admit(
          state,
          view,
          network,
          session.id(),
          session.request(),
          session.promisedPairsPerSecond())) {
        case Planning.Admitted admitted -> {
          return state.with(
              planning.withRoute(flow, session.tenant(), session.request(), admitted, view));
        }
        case Planning.Refused refused -> lost = refused.missing();
      }
    }
    return state
        .with(session.in(Phase.DEGRADED, "after the topology changed: " + lost))
        .with(flow.unwanted());
  }

  private static Optional<String> misfit(ControlState state, Session session, Network next) {
    Network before = state.findNetwork().orElse(next);
    Optional<Purpose.Route> route =
        state
            .findFlow(session.id())
            .filter(Flow::wanted)
            .flatMap(Flow::findTarget)
            .map(Generation::purpose)
            .filter(Purpose.Route.class::isInstance)
            .map(Purpose.Route.class::cast);
    if (route.isEmpty()) {
      return Optional.empty();
    }
    PlanParts parts = PlanParts.of(route.get().plan());
    Optional<String> node =
        parts.nodes().stream()
            .filter(n -> !next.findNode(n).equals(before.findNode(n)))
            .map(n -> change("node " + n, next.findNode(n).isPresent()))
            .findFirst();
    return node.or(() ->
        parts.modes().stream()
            .map(PlanParts.UsedMode::link)
            .filter(l -> !next.findLink(l).equals(before.findLink(l)))
            .map(l -> change("link " + l, next.findLink(l).isPresent()))
            .findFirst());
  }

  private static String change(String what, boolean stillThere) {
    return "its plan uses " + what + (stillThere ? ", which changes" : ", which is removed");
  }
}
