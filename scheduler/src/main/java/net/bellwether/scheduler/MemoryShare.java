package net.bellwether.scheduler;

import java.util.List;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.NodeId;

/// The part of their modes that all links of a plan's path may use at once: a node's qubits of each
/// kind must suffice for both of its links.
final class MemoryShare {
  private MemoryShare() {}

  /// In (0, 1], or 0 where qubits do not suffice for one mode on each link.
  static double of(StagedPlan plan, NetworkView view) {
    List<LinkMode> path = plan.path();
    List<NodeId> nodes = List.copyOf(plan.positionPicos().keySet());
    double share = 1;
    for (int i = 0; i < nodes.size(); i++) {
      share = Math.min(share, qubits(view, nodes.get(i)) / (double) modes(path, i, 1));
    }
    for (int i = 0; i < nodes.size(); i++) {
      if (modes(path, i, share) > qubits(view, nodes.get(i))) {
        return 0;
      }
    }
    return share;
  }

  private static int qubits(NetworkView view, NodeId id) {
    Node node = view.node(id);
    return Math.min(node.communicationQubits().count(), node.memoryQubits().count());
  }

  private static int modes(List<LinkMode> path, int node, double share) {
    int modes = 0;
    for (int i = Math.max(0, node - 1); i < Math.min(path.size(), node + 1); i++) {
      modes += path.get(i).multiplexingOf(share);
    }
    return modes;
  }
}
