package net.bellwether.controller.intent;

import java.util.Optional;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;

/// Opens and closes sessions. Pure but for the stopwatch in `Planning`.
public final class SessionDesk {
  /// Live sessions of all tenants; bounds memory, the store and the time a review takes.
  static final int LIVE_SESSIONS_MAX = 10_000;

  /// Closed sessions that are remembered, with their request ids.
  static final int CLOSED_SESSIONS_MAX = 1_000;

  static final int REQUEST_ID_MAX = 64;

  private final Planning planning;

  public SessionDesk(Planning planning) {
    this.planning = planning;
  }

  /// Opens a session for `tenant`, once per request id.
  public Opening open(
      ControlState state,
      NetworkView view,
      String tenant,
      String requestId,
      SessionRequest request) {
    if (requestId.isEmpty() || requestId.length() > REQUEST_ID_MAX) {
      return new Opening.Invalid(
          "request_id", "(" + requestId + ") must have 1 to " + REQUEST_ID_MAX + " characters");
    }
    Optional<Session> before = state.findSession(tenant, requestId);
    if (before.isPresent()) {
      return before.get().request().equals(request)
          ? new Opening.Repeated(before.get())
          : new Opening.Reused(before.get());
    }
    Network network = state.findNetwork().orElse(null);
    if (network == null) {
      return new Opening.NoTopology();
    }
    Optional<Opening> wrong =
        checkEnd(network, "spec.from_node", request.fromNode())
            .or(() -> checkEnd(network, "spec.to_node", request.toNode()));
    if (wrong.isPresent()) {
      return wrong.get();
    }
    if (state.liveSessions().size() >= LIVE_SESSIONS_MAX) {
      return new Opening.Refused(
          "the controller holds " + LIVE_SESSIONS_MAX + " live sessions, its limit", 0, 0);
    }
    return admit(state, view, network, tenant, requestId, request);
  }

  private Opening admit(
      ControlState state,
      NetworkView view,
      Network network,
      String tenant,
      String requestId,
      SessionRequest request) {
    long number = state.lastSessionNumber() + 1;
    FlowId id = FlowId.of("s-" + number);
    return switch (planning.admit(state, view, network, id, request, request.pairsPerSecond())) {
      case Planning.Refused refused ->
          new Opening.Refused(
              refused.missing(), refused.offeredPairsPerSecond(), refused.offeredMinFidelity());
      case Planning.Admitted admitted -> {
        double promised =
            request.pairsPerSecond() > 0
                ? request.pairsPerSecond()
                : admitted.evaluation().pairsPerSecond();
        Session session =
            new Session(id, number, tenant, requestId, request, promised, Phase.PENDING, "");
        Flow flow = planning.withRoute(Flow.empty(id), tenant, request, admitted, view);
        yield new Opening.Opened(trimmed(state.with(session).with(flow)), session);
      }
    };
  }

  /// Closes a session; one that is closing or closed stays as it is.
  public ControlState close(ControlState state, Session session) {
    if (!session.phase().isLive()) {
      return state;
    }
    ControlState next = state.with(session.in(Phase.CLOSING, ""));
    return state.findFlow(session.id()).map(flow -> next.with(flow.unwanted())).orElse(next);
  }

  private static Optional<Opening> checkEnd(Network network, String field, NodeId node) {
    var declared = network.findNode(node);
    if (declared.isEmpty()) {
      return Optional.of(
          new Opening.Invalid(
              field, "(" + node + ") must be a node of the topology " + network.name()));
    }
    return declared.get().role() == NodeRole.END_NODE
        ? Optional.empty()
        : Optional.of(
            new Opening.Invalid(
                field,
                "(" + node + ") must be an end node; it is a " + roleName(declared.get().role())));
  }

  private static String roleName(NodeRole role) {
    return switch (role) {
      case END_NODE -> "end node";
      case REPEATER -> "repeater";
      case TRUSTED_NODE -> "trusted node";
    };
  }

  private static ControlState trimmed(ControlState state) {
    long closed = state.sessions().values().stream().filter(s -> s.phase() == Phase.CLOSED).count();
    ControlState next = state;
    for (Session session : state.sessions().values()) {
      if (closed <= CLOSED_SESSIONS_MAX) {
        break;
      }
      if (session.phase() == Phase.CLOSED) {
        next = next.withoutSession(session.id());
        closed--;
      }
    }
    return next;
  }
}
