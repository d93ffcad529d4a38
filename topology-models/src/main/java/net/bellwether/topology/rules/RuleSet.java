package net.bellwether.topology.rules;

import java.util.List;
import java.util.Map;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;

/// Everything one node does for one flow in one generation. Pairs made under a generation are
/// handled by rules of that generation only. `peerLatencyPicos` is the one-way classical latency to
/// each node named in the rules; a message's network time of arrival is its stamp plus this.
public record RuleSet(
    FlowId flow,
    long generation,
    NodeId node,
    Rounds rounds,
    List<Rule> rules,
    Map<NodeId, Long> peerLatencyPicos) {
  public RuleSet {
    rules = List.copyOf(rules);
    peerLatencyPicos = Map.copyOf(peerLatencyPicos);
    if (generation < 1) {
      throw new IllegalArgumentException("generation (" + generation + ") must be at least 1");
    }
  }
}
