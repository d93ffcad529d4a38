package net.bellwether.scheduler.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// The part of the network a question may use, and how much any path through it can carry at best.
final class Graph {
  /// A link with its usable modes, leaving one of its ends.
  record Edge(LinkId link, NodeId to, List<LinkMode> modes, double bestPairsPerSecond) {}

  private final Question question;
  private final Map<NodeId, List<Edge>> edges = new LinkedHashMap<>();

  /// `widest[h]` maps a node to the best rate that any walk of at most h links to the target has on
  /// its slowest link.
  private final List<Map<NodeId, Double>> widest = new ArrayList<>();

  private final Map<NodeId, Integer> hopsToTarget = new LinkedHashMap<>();
  private double bestSwapSuccess;

  Graph(Question question) {
    this.question = question;
    Map<LinkId, List<LinkMode>> modes = new LinkedHashMap<>();
    for (LinkMode mode : question.view().linkModes()) {
      if (isUsable(mode)) {
        modes.computeIfAbsent(mode.link(), link -> new ArrayList<>()).add(mode);
      }
    }
    modes.forEach(this::addLink);
    for (Node node : question.view().nodes().values()) {
      if (maySwap(node)) {
        bestSwapSuccess = Math.max(bestSwapSuccess, node.operations().swapSuccessProbability());
      }
    }
    findWidest();
  }

  List<Edge> edges(NodeId from) {
    return edges.getOrDefault(from, List.of());
  }

  double pairsPerSecond(LinkMode mode) {
    return mode.fluidPairsPerSecond() * question.timeShare() * mode.freeShare();
  }

  /// Whether a path may pass through the node.
  boolean maySwap(NodeId id) {
    return question.view().findNode(id).filter(Graph::maySwap).isPresent();
  }

  private static boolean maySwap(Node node) {
    return node.memoryQubits().count() > 0 && node.operations().swapSuccessProbability() > 0;
  }

  /// Bounds the fluid pair rate of every path that has come `hops` links to `node`, the slowest of
  /// them at `rate`: every link makes at least one pair per finished pair, and a tree of h links
  /// has a branch with at least log2 h swaps, each of which must succeed. 0 where the target is too
  /// far.
  double bound(NodeId node, int hops, double rate) {
    Integer rest = hopsToTarget.get(node);
    if (rest == null || hops + rest > question.maxHops()) {
      return 0;
    }
    double onward = widest.get(question.maxHops() - hops).getOrDefault(node, 0.0);
    int atLeast = Math.max(1, hops + rest);
    int swapsInARow = 32 - Integer.numberOfLeadingZeros(atLeast - 1);
    return Math.min(rate, onward)
        * StrictMath.pow(swapsInARow == 0 ? 1 : bestSwapSuccess, swapsInARow);
  }

  private boolean isUsable(LinkMode mode) {
    return !question.excludedLinks().contains(mode.link())
        && !question.excludedNodes().contains(mode.a())
        && !question.excludedNodes().contains(mode.b())
        && question.view().findNode(mode.a()).isPresent()
        && question.view().findNode(mode.b()).isPresent()
        && pairsPerSecond(mode) > 0;
  }

  private void addLink(LinkId link, List<LinkMode> modes) {
    double best = modes.stream().mapToDouble(this::pairsPerSecond).max().orElse(0);
    LinkMode any = modes.getFirst();
    edges
        .computeIfAbsent(any.a(), node -> new ArrayList<>())
        .add(new Edge(link, any.b(), modes, best));
    edges
        .computeIfAbsent(any.b(), node -> new ArrayList<>())
        .add(new Edge(link, any.a(), modes, best));
  }

  private void findWidest() {
    Map<NodeId, Double> reached = new LinkedHashMap<>();
    reached.put(question.to(), Double.POSITIVE_INFINITY);
    hopsToTarget.put(question.to(), 0);
    widest.add(reached);
    for (int hops = 1; hops <= question.maxHops(); hops++) {
      Map<NodeId, Double> next = new LinkedHashMap<>(reached);
      for (Map.Entry<NodeId, Double> known : reached.entrySet()) {
        if (known.getKey().equals(question.to()) || maySwap(known.getKey())) {
          for (Edge edge : edges(known.getKey())) {
            double width = Math.min(known.getValue(), edge.bestPairsPerSecond());
            next.merge(edge.to(), width, Math::max);
            hopsToTarget.putIfAbsent(edge.to(), hops);
          }
        }
      }
      reached = next;
      widest.add(reached);
    }
  }
}
