package net.bellwether.scheduler.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.Node;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// An instance as index arrays. Nodes are numbered in the order of the view, the excluded ones left
/// out; a span is its unordered ends, `min * nodeCount + max`. Modes that make no pairs and links
/// that may not be used are left out. Of what must be visited each has a bit; the ends of the
/// request have none, as every plan visits them.
final class Setting {
  final Instance instance;
  final List<NodeId> ids = new ArrayList<>();
  final Operations[] operations;
  final boolean[] swaps;
  final int nodeCount;
  final int from;
  final int to;
  final int required;
  final int[] nodeBit;
  final List<LinkMode> leaves = new ArrayList<>();
  final double[] leafCost;
  final int[] leafSpan;
  final int[] leafBits;

  /// Least leaves, and a lower bound on their cost, between any two nodes.
  final int[][] steps;

  final double[][] distance;

  Setting(Instance instance) {
    this.instance = instance;
    for (NodeId id : instance.view().nodes().keySet()) {
      if (!instance.excludedNodes().contains(id)) {
        ids.add(id);
      }
    }
    nodeCount = ids.size();
    from = ids.indexOf(instance.from());
    to = ids.indexOf(instance.to());
    operations = new Operations[nodeCount];
    swaps = new boolean[nodeCount];
    for (int node = 0; node < nodeCount; node++) {
      Node declared = instance.view().node(ids.get(node));
      operations[node] = declared.operations();
      swaps[node] =
          declared.operations().swapSuccessProbability() > 0
              && declared.memoryQubits().count() > 0
              && !declared.id().equals(instance.from())
              && !declared.id().equals(instance.to());
    }
    nodeBit = new int[nodeCount];
    int bits = 0;
    for (NodeId id : instance.requiredNodes()) {
      int node = ids.indexOf(id);
      if (node != from && node != to) {
        nodeBit[node] = 1 << bits++;
      }
    }
    List<LinkId> requiredLinks = instance.requiredLinks();
    required = (1 << (bits + requiredLinks.size())) - 1;
    for (LinkMode mode : instance.view().linkModes()) {
      if (usable(mode)) {
        leaves.add(mode);
      }
    }
    leafCost = new double[leaves.size()];
    leafSpan = new int[leaves.size()];
    leafBits = new int[leaves.size()];
    steps = new int[nodeCount][nodeCount];
    distance = new double[nodeCount][nodeCount];
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      LinkMode mode = leaves.get(leaf);
      leafCost[leaf] = instance.leafCost(mode);
      leafSpan[leaf] = span(ids.indexOf(mode.a()), ids.indexOf(mode.b()));
      int place = requiredLinks.indexOf(mode.link());
      leafBits[leaf] = place < 0 ? 0 : 1 << (bits + place);
    }
    measure();
  }

  private boolean usable(LinkMode mode) {
    return mode.attemptSuccessProbability() > 0
        && mode.freeShare() > 0
        && !instance.excludedLinks().contains(mode.link())
        && ids.contains(mode.a())
        && ids.contains(mode.b());
  }

  /// Shortest paths; where a swap waits for its slower part, the way whose slowest link is fastest.
  private void measure() {
    for (int node = 0; node < nodeCount; node++) {
      Arrays.fill(steps[node], Integer.MAX_VALUE / 4);
      Arrays.fill(distance[node], Double.POSITIVE_INFINITY);
      steps[node][node] = 0;
      distance[node][node] = 0;
    }
    for (int leaf = 0; leaf < leafCost.length; leaf++) {
      join(low(leafSpan[leaf]), high(leafSpan[leaf]), 1, leafCost[leaf]);
    }
    for (int middle = 0; middle < nodeCount; middle++) {
      for (int one = 0; one < nodeCount; one++) {
        for (int other = 0; other < nodeCount; other++) {
          join(
              one,
              other,
              steps[one][middle] + steps[middle][other],
              joined(distance[one][middle], distance[middle][other]));
        }
      }
    }
  }

  private void join(int one, int other, int links, double cost) {
    steps[one][other] = Math.min(steps[one][other], links);
    steps[other][one] = steps[one][other];
    distance[one][other] = Math.min(distance[one][other], cost);
    distance[other][one] = distance[one][other];
  }

  /// What two parts of a swap cost together before its failures.
  double joined(double left, double right) {
    return instance.sideBySide() ? Math.max(left, right) : left + right;
  }

  int span(int one, int other) {
    return Math.min(one, other) * nodeCount + Math.max(one, other);
  }

  int spans() {
    return nodeCount * nodeCount;
  }

  int low(int span) {
    return span / nodeCount;
  }

  int high(int span) {
    return span % nodeCount;
  }

  int root() {
    return span(from, to);
  }

  /// Least leaves that must join a part over `span` to reach the ends of the request. A plan with
  /// such a part, one branch of each purification left out, is a walk from end to end that runs
  /// through the span in one direction or the other, and its leaves outside are none of the part's.
  int stepsBeyond(int span) {
    int u = low(span);
    int v = high(span);
    return Math.min(steps[from][u] + steps[v][to], steps[from][v] + steps[u][to]);
  }

  /// Least cost of a plan that has a part of this cost over `span`, by the same walk.
  double costWith(int span, double cost) {
    int u = low(span);
    int v = high(span);
    double ahead = joined(distance[from][u], distance[v][to]);
    double back = joined(distance[from][v], distance[u][to]);
    return joined(cost, Math.min(ahead, back));
  }
}
