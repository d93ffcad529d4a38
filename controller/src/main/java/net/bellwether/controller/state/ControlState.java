package net.bellwether.controller.state;

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
    flows = Collections.unmodifiableSequencedMap(new TreeMap<>(flows));
    agents = Collections.unmodifiableSequencedMap(new TreeMap<>(agents));
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
    SequencedMap<FlowId, Session> next = new LinkedHashMap<>(sessions);
    next.put(session.id(), session);
    return new ControlState(
        topology, next, flows, agents, Math.max(lastSessionNumber, session.number()));
  }

  public ControlState withoutSession(FlowId id) {
    SequencedMap<FlowId, Session> next = new LinkedHashMap<>(sessions);
    next.remove(id);
    return new ControlState(topology, next, flows, agents, lastSessionNumber);
  }

  public ControlState with(Flow flow) {
    SequencedMap<FlowId, Flow> next = new TreeMap<>(flows);
    next.put(flow.id(), flow);
    return new ControlState(topology, sessions, next, agents, lastSessionNumber);
  }

  public ControlState withoutFlow(FlowId id) {
    SequencedMap<FlowId, Flow> next = new TreeMap<>(flows);
    next.remove(id);
    return new ControlState(topology, sessions, next, agents, lastSessionNumber);
  }

  public ControlState with(KnownAgent agent) {
    SequencedMap<NodeId, KnownAgent> next = new TreeMap<>(agents);
    next.put(agent.node(), agent);
    return new ControlState(topology, sessions, flows, next, lastSessionNumber);
  }
}
