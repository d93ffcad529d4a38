package net.bellwether.controller.reconcile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.RuleSet;

/// What an agent is told to do.
public sealed interface Order {
  /// Install durably, do not run. `endpoints` says where the peers' agents listen.
  record Prepare(RuleSet ruleSet, SequencedMap<NodeId, String> endpoints) implements Order {
    public Prepare {
      endpoints = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(endpoints));
    }
  }

  /// Run from `frame` on; older generations end there.
  record Activate(FlowId flow, long generation, long frame) implements Order {}

  /// Forget generations up to and including.
  record Remove(FlowId flow, long upToGeneration) implements Order {}

  /// A key session that ends at the node.
  record Keys(
      FlowId session,
      String tenant,
      String localSae,
      String peerSae,
      NodeId peerNode,
      String peerEndpoint,
      boolean leads,
      int blockKeyBits,
      boolean closed)
      implements Order {}
}
