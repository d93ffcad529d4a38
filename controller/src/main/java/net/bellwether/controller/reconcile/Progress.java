package net.bellwether.controller.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import net.bellwether.controller.state.AgentStatus;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.SessionKind;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;

/// Moves durable state on as agents report: sets activation frames when every node has accepted,
/// drops generations that no node holds any more, and takes sessions from PENDING to ACTIVE and
/// from CLOSING to CLOSED. Pure and level-triggered: run again on the same facts it changes
/// nothing.
final class Progress {
  /// Frames from the decision to the activation: half a second for the announcement to arrive.
  static final long ACTIVATION_LEAD_FRAMES = 5;

  /// Frames after which no pair of an older generation is unfinished: devices accept stamps up to
  /// four seconds old, and agents settle rounds before that.
  static final long DRAIN_FRAMES = 50;

  private final ControlState before;
  private final SequencedMap<NodeId, AgentStatus> agents;
  private final KeysTold keysTold;
  private final long frame;

  Progress(
      ControlState before,
      SequencedMap<NodeId, AgentStatus> agents,
      KeysTold keysTold,
      long frame) {
    this.before = before;
    this.agents = agents;
    this.keysTold = keysTold;
    this.frame = frame;
  }

  ControlState advance() {
    List<Flow> flows = new ArrayList<>();
    for (Flow flow : before.flows().values()) {
      Flow next = flow.wanted() ? advanceWanted(flow) : advanceUnwanted(flow);
      if (!next.equals(flow)) {
        flows.add(next);
      }
    }
    ControlState state = flows.isEmpty() ? before : before.withFlows(flows);
    List<Session> sessions = new ArrayList<>();
    List<FlowId> gone = new ArrayList<>();
    for (Session session : state.sessions().values()) {
      Session next = advance(session, state);
      if (!next.equals(session)) {
        sessions.add(next);
        if (next.phase() == Phase.CLOSED) {
          gone.add(next.id());
        }
      }
    }
    return sessions.isEmpty() ? state : state.withSessions(sessions).withoutFlows(gone);
  }

  private Flow advanceWanted(Flow flow) {
    Generation target = flow.findTarget().orElse(null);
    if (target == null) {
      return flow;
    }
    if (!target.isActivated()) {
      return frame > 0 && isPreparedEverywhere(flow.id(), target)
          ? flow.withTargetActivatedAt(frame + ACTIVATION_LEAD_FRAMES)
          : flow;
    }
    if (flow.generations().size() == 1 || !isDrained(target, frame)) {
      return flow;
    }
    List<Generation> remaining = new ArrayList<>();
    for (Generation generation : flow.generations()) {
      if (generation.equals(target) || !isGone(flow.id(), generation)) {
        remaining.add(generation);
      }
    }
    return flow.withOnly(remaining);
  }

  private Flow advanceUnwanted(Flow flow) {
    return flow.withOnly(flow.generations().stream().filter(g -> !isGone(flow.id(), g)).toList());
  }

  private Session advance(Session session, ControlState state) {
    return switch (session.phase()) {
      case PENDING ->
          state.findFlow(session.id()).filter(flow -> isInForce(flow, agents, frame)).isPresent()
              ? session.in(Phase.ACTIVE, "")
              : session;
      case CLOSING ->
          state.findFlow(session.id()).map(Flow::generations).orElse(List.of()).isEmpty()
                  && knowsItIsClosed(session)
              ? session.in(Phase.CLOSED, "")
              : session;
      case ACTIVE, DEGRADED, CLOSED -> session;
    };
  }

  private boolean isPreparedEverywhere(FlowId flow, Generation generation) {
    return generation.ruleSets().keySet().stream()
        .allMatch(node -> {
          AgentStatus agent = agents.get(node);
          return agent != null && agent.isReady() && agent.holds(flow, generation.number());
        });
  }

  static boolean isInForce(Flow flow, SequencedMap<NodeId, AgentStatus> agents, long frame) {
    return flow.findTarget()
        .filter(g -> g.isActivated() && frame >= g.activationFrame())
        .filter(g ->
            g.ruleSets().keySet().stream()
                .map(agents::get)
                .allMatch(agent -> agent != null && agent.runs(flow.id(), g.number())))
        .isPresent();
  }

  static boolean isDrained(Generation target, long frame) {
    return target.isActivated() && frame >= target.activationFrame() + DRAIN_FRAMES;
  }

  /// Whether no node can hold the generation: it has reported so, it never connected, or it is no
  /// longer part of the network.
  private boolean isGone(FlowId flow, Generation generation) {
    return generation.ruleSets().keySet().stream()
        .allMatch(node -> isFree(node) || !mayHold(node, flow, generation.number()));
  }

  private boolean isFree(NodeId node) {
    return !before.agents().containsKey(node)
        || before.findNetwork().filter(n -> n.findNode(node).isPresent()).isEmpty();
  }

  private boolean mayHold(NodeId node, FlowId flow, long generation) {
    AgentStatus agent = agents.get(node);
    return agent == null || !agent.reported() || agent.holds(flow, generation);
  }

  private boolean knowsItIsClosed(Session session) {
    if (session.request().kind() instanceof SessionKind.CreateAndKeep) {
      return true;
    }
    return List.of(session.request().fromNode(), session.request().toNode()).stream()
        .allMatch(node -> isFree(node) || keysTold.isClosed(node, session.id()));
  }
}
