package net.bellwether.simulation.fault.promise;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.bellwether.controller.state.AgentStatus.Held;
import net.bellwether.topology.id.NodeId;

/// An agent that accepted rules holds them after any crash, until it was told to forget them or
/// they were superseded.
public final class WhatAnAgentAnsweredItStillHolds extends Promise {
  private final Map<NodeId, Set<Held>> accepted = new HashMap<>();

  /// The answer is on its way.
  public void accepted(NodeId node, Held held) {
    of(node).add(held);
  }

  public void forgotten(NodeId node, Held held) {
    of(node).remove(held);
  }

  /// It was ordered to forget generations up to `upTo`.
  public void removed(NodeId node, String flow, long upTo) {
    of(node).removeIf(held -> held.flow().value().equals(flow) && held.generation() <= upTo);
  }

  public void resumed(NodeId node, Collection<Held> recorded) {
    for (Held held : of(node)) {
      require(
          recorded.contains(held),
          "node %s accepted generation %d of flow %s and lost it",
          node,
          held.generation(),
          held.flow());
    }
  }

  private Set<Held> of(NodeId node) {
    return accepted.computeIfAbsent(node, _ -> new TreeSet<>());
  }
}
