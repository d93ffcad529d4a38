package net.bellwether.simulation.fault.promise;

import java.util.HashMap;
import java.util.Map;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;

/// Both ends of a pair handle it under the same generation of the same flow, deliver it once each,
/// and no two pairs have one name.
public final class APairIsHandledByOneGeneration extends Promise {
  private record Rules(FlowId flow, long generation) {}

  private record Seen(PairId pair, NodeId node) {}

  private final Map<PairId, Rules> handled = new HashMap<>();
  private final Map<Seen, Boolean> delivered = new HashMap<>();
  private final Map<PairId, NodeId> named = new HashMap<>();

  public void handled(NodeId node, PairId pair, FlowId flow, long generation) {
    Rules rules = new Rules(flow, generation);
    Rules before = handled.putIfAbsent(pair, rules);
    require(
        before == null || before.equals(rules),
        "pair %s is handled under %s, and under %s at node %s",
        pair,
        before,
        rules,
        node);
  }

  public void delivered(NodeId node, PairId pair, FlowId flow, long generation) {
    handled(node, pair, flow, generation);
    require(
        delivered.put(new Seen(pair, node), true) == null,
        "pair %s is delivered twice at node %s",
        pair,
        node);
  }

  /// A swap at `node` gave the pair its name.
  public void named(NodeId node, PairId pair) {
    NodeId before = named.put(pair, node);
    require(before == null, "node %s gives the name %s a second time", node, pair);
  }
}
