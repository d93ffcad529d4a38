package net.bellwether.controller.reconcile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.controller.state.AgentStatus;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.topology.id.NodeId;

/// Brings agents to hold what is wanted. `advance` moves the durable state on; once that is
/// committed, `due` says what to tell whom. Both compare levels, never events: after a lost
/// message, a reconnection or a restart of the controller the same comparison finds what is
/// missing. An order that was given is not repeated before `RETRY_MILLIS`, unless the agent's
/// stream broke. Not thread-safe: it belongs to the one writer.
public final class Reconciler {
  /// Time an agent has to answer before it is told again.
  static final long RETRY_MILLIS = 5_000;

  private final Map<NodeId, Map<Order, Long>> given = new TreeMap<>();
  private final KeysTold keysTold = new KeysTold();

  /// The state after everything the agents have reported, at network time `frame` (0: unknown yet).
  public ControlState advance(
      ControlState state, SequencedMap<NodeId, AgentStatus> agents, long frame) {
    return new Progress(state, agents, keysTold, frame).advance();
  }

  /// Orders that are due in the committed `state`. They count as given.
  public List<Addressed> due(
      ControlState state, SequencedMap<NodeId, AgentStatus> agents, long frame, long nowMillis) {
    List<Addressed> due = new ArrayList<>();
    FlowIndex flows = new FlowIndex(state);
    for (AgentStatus agent : agents.values()) {
      if (agent.isReady()) {
        Map<Order, Long> before = given.computeIfAbsent(agent.node(), n -> new LinkedHashMap<>());
        List<Order> wanted = new Wanted(state, flows, agents, agent, keysTold, frame).orders();
        before.entrySet().removeIf(g -> isOver(g.getKey(), g.getValue(), agent, nowMillis));
        for (Order order : wanted) {
          if (order instanceof Order.Keys keys) {
            // Only wanted where it differs from what was told last.
            keysTold.tell(agent.node(), keys);
            due.add(new Addressed(agent.node(), order));
          } else if (before.putIfAbsent(order, nowMillis) == null) {
            due.add(new Addressed(agent.node(), order));
          }
        }
      }
    }
    return due;
  }

  /// Whether every node of the flow's target runs it.
  public static boolean isInForce(Flow flow, SequencedMap<NodeId, AgentStatus> agents, long frame) {
    return Progress.isInForce(flow, agents, frame);
  }

  /// A rule set that is held already was sent for its peers' endpoints; once a stream is enough.
  private static boolean isOver(
      Order order, long givenAtMillis, AgentStatus agent, long nowMillis) {
    boolean settled =
        order instanceof Order.Prepare prepare
            && agent.holds(prepare.ruleSet().flow(), prepare.ruleSet().generation());
    return !settled && nowMillis - givenAtMillis >= RETRY_MILLIS;
  }

  /// The agent's stream broke or began anew: whatever it was told may not have arrived.
  public void forget(NodeId node) {
    given.remove(node);
    keysTold.forget(node);
  }
}
