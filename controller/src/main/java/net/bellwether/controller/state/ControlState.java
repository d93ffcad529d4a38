package net.bellwether.controller.state;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.topology.Network;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import org.jspecify.annotations.Nullable;

/// Everything the controller must not forget, as one immutable value: sessions in order of opening,
/// flows and known agents by name.
public record ControlState(
    @Nullable TopologyInForce topology,
    SequencedMap<FlowId, Session> sessions,
    SequencedMap<FlowId, Flow> flows,
    SequencedMap<NodeId, KnownAgent> agents,
    long lastSessionNumber) {
  public static final ControlState EMPTY =
      new ControlState(null, new LinkedHashMap<>(), new TreeMap<>(), new TreeMap<>(), 0);

  public ControlState {
    sessions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sessions));
    // As sorted maps, which are copied without comparing names again.
    flows = Collections.unmodifiableNavigableMap(new TreeMap<>(flows));
    agents = Collections.unmodifiableNavigableMap(new TreeMap<>(agents));
  }

  public Optional<TopologyInForce> findTopology() {
    return Optional.ofNullable(topology);
  }

  public Optional<Network> findNetwork() {
    return findTopology().map(TopologyInForce::network);
  }

  public Optional<Session> findSession(FlowId id) {
    return Optional.ofNullable(sessions.get(id));
  }

  public Optional<Session> findSession(String tenant, String requestId) {
    return sessions.values().stream()
        .filter(s -> s.tenant().equals(tenant) && s.requestId().equals(requestId))
        .findFirst();
  }

  public Optional<Flow> findFlow(FlowId id) {
    return Optional.ofNullable(flows.get(id));
  }

  public List<Session> liveSessions() {
    return sessions.values().stream().filter(s -> s.phase().isLive()).toList();
  }

  public ControlState with(TopologyInForce next) {
    return new ControlState(next, sessions, flows, agents, lastSessionNumber);
  }

  public ControlState with(Session session) {
    return withSessions(List.of(session));
  }

  /// Many at once: every state is a copy.
  public ControlState withSessions(Collection<Session> changed) {
    SequencedMap<FlowId, Session> next = new LinkedHashMap<>(sessions);
    long lastNumber = lastSessionNumber;
    for (Session session : changed) {
      next.put(session.id(), session);
      lastNumber = Math.max(lastNumber, session.number());
    }
    return new ControlState(topology, next, flows, agents, lastNumber);
  }

  public ControlState withoutSession(FlowId id) {
    SequencedMap<FlowId, Session> next = new LinkedHashMap<>(sessions);
    next.remove(id);
    return new ControlState(topology, next, flows, agents, lastSessionNumber);
  }

  public ControlState with(Flow flow) {
    return withFlows(List.of(flow));
  }

  /// Many at once: every state is a copy.
  public ControlState withFlows(Collection<Flow> changed) {
    SequencedMap<FlowId, Flow> next = new TreeMap<>(flows);
    for (Flow flow : changed) {
      next.put(flow.id(), flow);
    }
    return new ControlState(topology, sessions, next, agents, lastSessionNumber);
  }

  public ControlState withoutFlow(FlowId id) {
    return withoutFlows(List.of(id));
  }

  public ControlState withoutFlows(Collection<FlowId> removed) {
    SequencedMap<FlowId, Flow> next = new TreeMap<>(flows);
    removed.forEach(next::remove);
    return new ControlState(topology, sessions, next, agents, lastSessionNumber);
  }

  public ControlState with(KnownAgent agent) {
    SequencedMap<NodeId, KnownAgent> next = new TreeMap<>(agents);
    next.put(agent.node(), agent);
    return new ControlState(topology, sessions, flows, next, lastSessionNumber);
  }
}
