package net.bellwether.simulation.fault.promise;

import java.util.HashMap;
import java.util.Map;
import net.bellwether.topology.id.NodeId;

/// An agent that has obeyed a leader obeys none of a lower term, unless it crashed before it could
/// know durably that it had.
public final class NoAgentObeysALowerTerm extends Promise {
  private final Map<NodeId, Long> highest = new HashMap<>();
  private final Map<NodeId, Long> durable = new HashMap<>();

  public void obeyed(NodeId node, long term) {
    long before = highest.getOrDefault(node, 0L);
    require(term >= before, "node %s obeys term %d after term %d", node, term, before);
    highest.put(node, term);
  }

  /// All that was obeyed so far is recorded, and answered.
  public void recorded(NodeId node) {
    durable.put(node, highest.getOrDefault(node, 0L));
  }

  public void crashed(NodeId node) {
    highest.put(node, durable.getOrDefault(node, 0L));
  }
}
