package net.bellwether.controller.reconcile;

import java.util.Map;
import java.util.TreeMap;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import org.jspecify.annotations.Nullable;

/// Which key sessions each connected agent was last told of on its present stream.
final class KeysTold {
  private final Map<NodeId, Map<FlowId, Order.Keys>> told = new TreeMap<>();

  Order.@Nullable Keys last(NodeId node, FlowId session) {
    return told.getOrDefault(node, Map.of()).get(session);
  }

  boolean isClosed(NodeId node, FlowId session) {
    Order.Keys last = last(node, session);
    return last != null && last.closed();
  }

  void tell(NodeId node, Order.Keys order) {
    told.computeIfAbsent(node, n -> new TreeMap<>()).put(order.session(), order);
  }

  void forget(NodeId node) {
    told.remove(node);
  }
}
