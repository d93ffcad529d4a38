package net.bellwether.scheduler;

import java.util.Optional;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.NodeId;

/// The part of their modes that all links of a plan may use at once: a node's qubits of each kind
/// must suffice for all of its links in the plan.
final class MemoryShare {
  private MemoryShare() {}

  /// In (0, 1], or 0 where qubits do not suffice for what the plan needs at least.
  static double of(StagedPlan plan, NetworkView view) {
    if (lack(plan, view).isPresent()) {
      return 0;
    }
    double share = 1;
    for (NodeId node : plan.nodes()) {
      share = Math.min(share, qubits(view, node) / (double) modes(plan, node, 1));
    }
    for (NodeId node : plan.nodes()) {
      while (modes(plan, node, share) > qubits(view, node)) {
        share = nextSmaller(plan, node, share);
      }
    }
    return share;
  }

  /// The largest share at which one of the node's links uses a mode less, as far as it can.
  private static double nextSmaller(StagedPlan plan, NodeId node, double share) {
    double next = 0;
    for (LinkMode link : plan.links()) {
      int modes = plan.modes(link.link(), share);
      if (joins(link, node) && modes > plan.leastModes(link.link())) {
        next = Math.max(next, (modes - 1) / (double) link.multiplexing());
      }
    }
    return next;
  }

  /// A sentence on a node whose qubits do not suffice for what the plan needs at least, if any.
  static Optional<String> lack(StagedPlan plan, NetworkView view) {
    for (NodeId node : plan.nodes()) {
      int least = modes(plan, node, 0);
      if (least > qubits(view, node)) {
        return Optional.of(
            "node %s has %d qubits, the plan needs %d".formatted(node, qubits(view, node), least));
      }
    }
    return Optional.empty();
  }

  static int qubits(NetworkView view, NodeId id) {
    Node node = view.node(id);
    return Math.min(node.communicationQubits().count(), node.memoryQubits().count());
  }

  /// Modes that end at `node`: so many qubits of each kind the plan uses there.
  static int modes(StagedPlan plan, NodeId node, double share) {
    int modes = 0;
    for (LinkMode link : plan.links()) {
      if (joins(link, node)) {
        modes += plan.modes(link.link(), share);
      }
    }
    return modes;
  }

  private static boolean joins(LinkMode link, NodeId node) {
    return link.a().equals(node) || link.b().equals(node);
  }
}
