package net.bellwether.controller.reconcile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import net.bellwether.controller.state.AgentStatus;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.KnownAgent;
import net.bellwether.controller.state.Purpose;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.state.SessionKind;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.RuleSet;

/// The difference between what one agent should hold and what it does, as orders. Key sessions come
/// first, so that an agent knows whom pairs are for before it makes any, and that a session is
/// closed before its rules go.
final class Wanted {
  private final ControlState state;
  private final FlowIndex flows;
  private final SequencedMap<NodeId, AgentStatus> agents;
  private final AgentStatus agent;
  private final KeysTold keysTold;
  private final long frame;
  private final List<Order> orders = new ArrayList<>();

  Wanted(
      ControlState state,
      FlowIndex flows,
      SequencedMap<NodeId, AgentStatus> agents,
      AgentStatus agent,
      KeysTold keysTold,
      long frame) {
    this.state = state;
    this.flows = flows;
    this.agents = agents;
    this.agent = agent;
    this.keysTold = keysTold;
    this.frame = frame;
  }

  List<Order> orders() {
    for (Session session : flows.sessions(agent.node())) {
      // Closed ones too: the stream on which a node was told so may have broken before it heard.
      if (makesKey(session)) {
        addKeys(session);
      }
    }
    for (FlowId name : flows.concerning(agent)) {
      Optional<Flow> flow = state.findFlow(name).filter(Flow::wanted);
      Optional<Generation> target = flow.flatMap(Flow::findTarget);
      if (target.isPresent()) {
        addWanted(flow.get(), target.get());
      } else {
        removeUpTo(name, Long.MAX_VALUE);
      }
    }
    return orders;
  }

  private void addWanted(Flow flow, Generation target) {
    RuleSet ruleSet = target.ruleSets().get(agent.node());
    if (ruleSet != null) {
      boolean held = agent.holds(flow.id(), target.number());
      if (!held || hasMovedPeer(ruleSet)) {
        addPrepare(ruleSet);
      }
      if (held && target.isActivated() && !agent.runs(flow.id(), target.number())) {
        orders.add(new Order.Activate(flow.id(), target.number(), target.activationFrame()));
      }
    }
    if (Progress.isDrained(target, frame) || (ruleSet == null && isTakenOver(target))) {
      removeUpTo(flow.id(), target.number() - 1);
    }
    removeUnknownAbove(flow, target);
  }

  /// Nodes that the target leaves out are not told to activate it, so nothing ends their older
  /// rules at its frame. They would count attempts that no peer takes part in until it is drained,
  /// and make sound links look as if they had failed. What is under way they finish in any case.
  private boolean isTakenOver(Generation target) {
    return target.isActivated()
        && frame >= target.activationFrame() + Progress.ACTIVATION_LEAD_FRAMES;
  }

  /// Waits until every peer's endpoint is known: rules without them could not run.
  private void addPrepare(RuleSet ruleSet) {
    SequencedMap<NodeId, String> endpoints = new LinkedHashMap<>();
    for (NodeId peer : new TreeSet<>(ruleSet.peerLatencyPicos().keySet())) {
      Optional<String> endpoint = endpoint(peer);
      if (endpoint.isEmpty()) {
        return;
      }
      endpoints.put(peer, endpoint.get());
    }
    orders.add(new Order.Prepare(ruleSet, endpoints));
  }

  /// A peer that has ever moved may have done so while this agent was away, so the rules are sent
  /// once a connection with the present endpoints.
  private boolean hasMovedPeer(RuleSet ruleSet) {
    return ruleSet.peerLatencyPicos().keySet().stream()
        .map(state.agents()::get)
        .anyMatch(peer -> peer != null && peer.endpointChanges() > 0);
  }

  private void removeUpTo(FlowId flow, long limit) {
    long highest = agent.newestHeld(flow, limit);
    if (highest > 0) {
      orders.add(new Order.Remove(flow, highest));
    }
  }

  /// Generations that this controller never made, left from a store that was replaced.
  private void removeUnknownAbove(Flow flow, Generation target) {
    long highest = agent.newestHeld(flow.id(), Long.MAX_VALUE);
    if (highest > target.number()) {
      orders.add(new Order.Remove(flow.id(), highest));
    }
  }

  /// Pairs that are kept are nobody's key; whom they are for stands in their rules.
  private static boolean makesKey(Session session) {
    return session.request().kind() instanceof SessionKind.MeasureDirectly;
  }

  private void addKeys(Session session) {
    NodeId from = session.request().fromNode();
    NodeId to = session.request().toNode();
    boolean isFrom = agent.node().equals(from);
    NodeId peer = isFrom ? to : from;
    boolean closed = !session.phase().isLive();
    Optional<Purpose.Route> route = route(session.id());
    Order.Keys last = keysTold.last(agent.node(), session.id());
    // A session that closes before its first plan still has to be closed at nodes that know it.
    int blockKeyBits =
        route.map(Purpose.Route::blockKeyBits).orElse(last == null ? 0 : last.blockKeyBits());
    String peerEndpoint = endpoint(peer).orElse("");
    if (!closed && (peerEndpoint.isEmpty() || blockKeyBits == 0)) {
      return;
    }
    Order.Keys keys =
        new Order.Keys(
            session.id(),
            session.tenant(),
            isFrom ? session.request().fromSae() : session.request().toSae(),
            isFrom ? session.request().toSae() : session.request().fromSae(),
            peer,
            peerEndpoint,
            agent.node().compareTo(peer) < 0,
            blockKeyBits,
            closed);
    if (!keys.equals(last)) {
      orders.add(keys);
    }
  }

  private Optional<Purpose.Route> route(FlowId session) {
    return state
        .findFlow(session)
        .flatMap(Flow::findTarget)
        .map(Generation::purpose)
        .filter(Purpose.Route.class::isInstance)
        .map(Purpose.Route.class::cast);
  }

  private Optional<String> endpoint(NodeId node) {
    AgentStatus connected = agents.get(node);
    if (connected != null) {
      return Optional.of(connected.facts().peerEndpoint());
    }
    return Optional.ofNullable(state.agents().get(node)).map(KnownAgent::peerEndpoint);
  }
}
