package net.bellwether.scheduler.solver;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// What is fixed while nodes and links stand: names by number, the quality of nodes, which arcs
/// leave a node, and which modes a link has.
final class Topology {
  final NodeId[] nodes;
  final Map<NodeId, Integer> nodeNumbers;
  final LinkId[] links;
  final Map<LinkId, Integer> linkNumbers;

  /// q, or 0 where the node cannot swap.
  final double[] swapSuccess;

  final double[] swapFactor;
  final double[] wernerSwapLoss;
  final double[] bellSwapLoss;
  final double[] gateFidelity;
  final double[] readoutError;
  final int[] firstArc;
  final int[] arcTo;
  final int[] arcLink;
  final int[] firstMode;
  double bestSwapSuccess;
  double leastWernerSwapLoss = Double.POSITIVE_INFINITY;
  double leastBellSwapLoss = Double.POSITIVE_INFINITY;
  double bestGateFidelity;
  double leastReadoutError = 0.5;

  Topology(NetworkView view, Map<LinkId, List<LinkMode>> modes) {
    int nodeCount = view.nodes().size();
    nodes = view.nodes().keySet().toArray(NodeId[]::new);
    nodeNumbers = HashMap.newHashMap(nodeCount);
    swapSuccess = new double[nodeCount];
    swapFactor = new double[nodeCount];
    wernerSwapLoss = new double[nodeCount];
    bellSwapLoss = new double[nodeCount];
    gateFidelity = new double[nodeCount];
    readoutError = new double[nodeCount];
    int number = 0;
    for (Node node : view.nodes().values()) {
      nodeNumbers.put(node.id(), number);
      take(node, number++);
    }
    links = new LinkId[modes.size()];
    linkNumbers = HashMap.newHashMap(modes.size());
    firstMode = new int[modes.size() + 1];
    int[] ends = new int[2 * modes.size()];
    int link = 0;
    for (Map.Entry<LinkId, List<LinkMode>> entry : modes.entrySet()) {
      LinkMode mode = entry.getValue().getFirst();
      links[link] = entry.getKey();
      linkNumbers.put(entry.getKey(), link);
      firstMode[link + 1] = firstMode[link] + entry.getValue().size();
      ends[2 * link] = number(mode.a());
      ends[2 * link + 1] = number(mode.b());
      link++;
    }
    firstArc = new int[nodeCount + 1];
    arcTo = new int[ends.length];
    arcLink = new int[ends.length];
    arrange(ends);
  }

  private void take(Node node, int number) {
    Operations operations = node.operations();
    gateFidelity[number] = operations.gateFidelity();
    readoutError[number] = operations.readoutErrorProbability();
    swapFactor[number] = Werner.swapFactor(operations);
    wernerSwapLoss[number] = -StrictMath.log(swapFactor[number]);
    bellSwapLoss[number] = Bell.swapLoss(operations);
    bestGateFidelity = Math.max(bestGateFidelity, gateFidelity[number]);
    leastReadoutError = Math.min(leastReadoutError, readoutError[number]);
    if (node.memoryQubits().count() > 0 && swapFactor[number] > 0) {
      swapSuccess[number] = operations.swapSuccessProbability();
      bestSwapSuccess = Math.max(bestSwapSuccess, swapSuccess[number]);
      leastWernerSwapLoss = Math.min(leastWernerSwapLoss, wernerSwapLoss[number]);
      leastBellSwapLoss = Math.min(leastBellSwapLoss, bellSwapLoss[number]);
    }
  }

  /// Arcs by the node they leave.
  private void arrange(int[] ends) {
    for (int end : ends) {
      firstArc[end + 1]++;
    }
    for (int node = 0; node < nodes.length; node++) {
      firstArc[node + 1] += firstArc[node];
    }
    int[] next = Arrays.copyOf(firstArc, nodes.length);
    for (int end = 0; end < ends.length; end++) {
      int arc = next[ends[end]]++;
      arcTo[arc] = ends[end ^ 1];
      arcLink[arc] = end >> 1;
    }
  }

  private int number(NodeId node) {
    Integer number = nodeNumbers.get(node);
    if (number == null) {
      throw new IllegalArgumentException("node (" + node + ") is not in the view");
    }
    return number;
  }
}
