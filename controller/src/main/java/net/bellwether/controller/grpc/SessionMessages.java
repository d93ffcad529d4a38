package net.bellwether.controller.grpc;

import java.util.List;
import java.util.Optional;
import net.bellwether.controller.engine.Snapshot;
import net.bellwether.controller.intent.Assessment;
import net.bellwether.controller.state.AgentStatus;
import net.bellwether.controller.state.AgentStatus.Held;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Purpose;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.SessionKind;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.controller.tracker.Achieved;
import net.bellwether.controller.tracker.StateEstimate;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.solver.Solution.Effort;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.SessionSpec;
import net.bellwether.v1.SessionState;
import net.bellwether.wire.plan.PlanMessages;

/// Sessions as their tenants see them.
final class SessionMessages {
  private SessionMessages() {}

  static net.bellwether.v1.Session of(Session session, Snapshot snapshot) {
    Optional<Flow> flow = snapshot.state().findFlow(session.id());
    net.bellwether.v1.Session.Builder message =
        net.bellwether.v1.Session.newBuilder()
            .setSessionId(session.id().value())
            .setTenant(session.tenant())
            .setSpec(spec(session.request()))
            .setState(state(session.phase()))
            .setStateDetail(detail(session, flow, snapshot))
            .setPromisedPairsPerSecond(session.promisedPairsPerSecond());
    flow.flatMap(Flow::findInForce).ifPresent(g -> message.setGeneration(g.number()));
    flow.flatMap(Flow::findTarget)
        .map(Generation::purpose)
        .filter(Purpose.Route.class::isInstance)
        .map(Purpose.Route.class::cast)
        .ifPresent(route -> {
          message.setShare(share(route.grant().rounds()));
          snapshot
              .findAssessment(session.id())
              .map(Assessment::evaluation)
              .ifPresent(evaluation ->
                  message.setPlan(promised(session.request().kind(), plan(route, evaluation))));
        });
    snapshot.findAchieved(session.id()).ifPresent(a -> message.setAchieved(achieved(a)));
    return message.build();
  }

  private static net.bellwether.v1.PlanRequestResponse plan(
      Purpose.Route route, Evaluation evaluation) {
    return PlanMessages.running(
        new PlanOutcome.Planned(
            route.plan(),
            route.grant(),
            evaluation,
            route.upperBound() * (1 - route.gap()),
            route.upperBound(),
            route.gap(),
            new Effort(0, route.labelsSearched(), 0, 0)),
        route.planningMicros());
  }

  /// Without key figures where no key is made.
  private static net.bellwether.v1.PlanRequestResponse promised(
      SessionKind kind, net.bellwether.v1.PlanRequestResponse plan) {
    return switch (kind) {
      case SessionKind.MeasureDirectly() -> plan;
      case SessionKind.CreateAndKeep _ ->
          plan.toBuilder().clearSecretKeyBitsPerSecond().clearFiniteKeyBitsPerSecond().build();
    };
  }

  private static double share(Rounds rounds) {
    return (double) rounds.count() * rounds.periodPicos() / NetworkTime.FRAME_PICOS;
  }

  private static SessionSpec spec(SessionRequest request) {
    SessionSpec.Builder spec =
        SessionSpec.newBuilder()
            .setFromSae(request.fromSae())
            .setFromNode(request.fromNode().value())
            .setToSae(request.toSae())
            .setToNode(request.toNode().value())
            .setPairsPerSecond(request.pairsPerSecond())
            .setMinFidelity(request.minFidelity());
    return switch (request.kind()) {
      case SessionKind.MeasureDirectly() ->
          spec.setKind(net.bellwether.v1.SessionKind.SESSION_KIND_MEASURE_DIRECTLY).build();
      case SessionKind.CreateAndKeep(long holdMillis) ->
          spec.setKind(net.bellwether.v1.SessionKind.SESSION_KIND_CREATE_AND_KEEP)
              .setHoldMilliseconds(holdMillis)
              .build();
    };
  }

  private static SessionState state(Phase phase) {
    return switch (phase) {
      case PENDING -> SessionState.SESSION_STATE_PENDING;
      case ACTIVE -> SessionState.SESSION_STATE_ACTIVE;
      case DEGRADED -> SessionState.SESSION_STATE_DEGRADED;
      case CLOSING -> SessionState.SESSION_STATE_CLOSING;
      case CLOSED -> SessionState.SESSION_STATE_CLOSED;
    };
  }

  private static String detail(Session session, Optional<Flow> flow, Snapshot snapshot) {
    return switch (session.phase()) {
      case PENDING -> flow.flatMap(f -> missing(f, snapshot)).orElse("being installed");
      case ACTIVE ->
          flow.flatMap(f -> missing(f, snapshot))
              .map(missing -> "rules are active; " + missing)
              .orElse("rules are active at every node");
      case DEGRADED -> session.shortfall();
      case CLOSING ->
          flow.flatMap(f -> holders(f, snapshot)).orElse("being removed from its nodes");
      case CLOSED ->
          session.request().kind() instanceof SessionKind.CreateAndKeep
              ? "closed"
              : "closed; its keys stay with the key managers";
    };
  }

  /// What the session's target waits for.
  private static Optional<String> missing(Flow flow, Snapshot snapshot) {
    Generation target = flow.findTarget().orElse(null);
    if (target == null) {
      return Optional.of("no plan");
    }
    for (NodeId node : target.ruleSets().keySet()) {
      AgentStatus agent = snapshot.agents().get(node);
      if (agent == null || !agent.connected()) {
        return Optional.of("the agent of node " + node + " is not connected");
      }
      String refusal = agent.refusals().get(new Held(flow.id(), target.number()));
      if (refusal != null) {
        return Optional.of("node " + node + " does not accept its rules: " + refusal);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> holders(Flow flow, Snapshot snapshot) {
    List<String> away =
        flow.generations().stream()
            .flatMap(g -> g.ruleSets().keySet().stream())
            .distinct()
            .filter(node -> {
              AgentStatus agent = snapshot.agents().get(node);
              return agent == null || !agent.connected();
            })
            .map(NodeId::value)
            .toList();
    return away.isEmpty()
        ? Optional.empty()
        : Optional.of("being removed; waits for the agents of " + String.join(", ", away));
  }

  private static net.bellwether.v1.Achieved achieved(Achieved figures) {
    net.bellwether.v1.Achieved.Builder message =
        net.bellwether.v1.Achieved.newBuilder()
            .setPairCount(figures.pairCount())
            .setSeconds(figures.seconds())
            .setQberZ(figures.qberZ())
            .setQberX(figures.qberX())
            .setKeyBits(figures.keyBits())
            .setKeySeconds(figures.keySeconds())
            .setDeliveredKeyCount(figures.keys().delivered())
            .setBurntKeyCount(figures.keys().burnt());
    StateEstimate state = figures.state();
    if (state != null) {
      message.setFidelity(state.state().fidelity()).setFidelityHalfWidth(state.fidelityHalfWidth());
    }
    return message.build();
  }
}
