package net.bellwether.benchmarks.baseline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.NodeId;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.alg.shortestpath.YenKShortestPath;
import org.jgrapht.graph.WeightedMultigraph;

/// Shortest paths of JGraphT on one network, and the best plan along them. Vertices are numbers of
/// nodes, edges are numbers of link modes. Not thread-safe.
public final class PathBaseline {
  /// Two weights for a link: how much it takes away of w together with half of a swap at either
  /// end, or 1.
  public enum Weight {
    LOST_FIDELITY,
    HOPS
  }

  private final NetworkView view;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<NodeId, Integer> numbers = new LinkedHashMap<>();
  private final Graph<Integer, Integer> byLostFidelity;
  private final Graph<Integer, Integer> byHops;
  private final int maxHops;

  public PathBaseline(NetworkView view, int maxHops) {
    this.view = view;
    this.maxHops = maxHops;
    view.nodes()
        .values()
        .forEach(node -> {
          numbers.put(node.id(), nodes.size());
          nodes.add(node);
        });
    byLostFidelity = graph(Weight.LOST_FIDELITY);
    byHops = graph(Weight.HOPS);
  }

  private Graph<Integer, Integer> graph(Weight weight) {
    Graph<Integer, Integer> graph = new WeightedMultigraph<>(null, null);
    for (int i = 0; i < nodes.size(); i++) {
      graph.addVertex(i);
    }
    for (int i = 0; i < view.linkModes().size(); i++) {
      LinkMode mode = view.linkModes().get(i);
      Node a = view.node(mode.a());
      Node b = view.node(mode.b());
      graph.addEdge(number(mode.a()), number(mode.b()), i);
      graph.setEdgeWeight(i, weight == Weight.HOPS ? 1 : lostFidelity(mode, a, b));
    }
    return graph;
  }

  private static double lostFidelity(LinkMode mode, Node a, Node b) {
    double w = (4 * mode.state().fidelity() - 1) / 3;
    double swaps = Math.sqrt(WernerAlgebra.swapFactor(a) * WernerAlgebra.swapFactor(b));
    return -Math.log(Math.max(1e-9, w * swaps));
  }

  /// The `count` shortest paths, each as numbers of link modes from `from` on.
  public List<List<Integer>> paths(NodeId from, NodeId to, int count, Weight weight) {
    return new YenKShortestPath<>(weight == Weight.HOPS ? byHops : byLostFidelity)
        .getPaths(number(from), number(to), count).stream().map(GraphPath::getEdgeList).toList();
  }

  /// One path of fewest links.
  public List<List<Integer>> fewestHops(NodeId from, NodeId to) {
    GraphPath<Integer, Integer> path =
        new DijkstraShortestPath<>(byHops).getPath(number(from), number(to));
    return path == null ? List.of() : List.of(path.getEdgeList());
  }

  /// The cheapest plan that meets the floor along any of `paths`: in elementary pairs a pair, or in
  /// seconds a pair where `seconds`.
  public Optional<Plan> plan(
      List<List<Integer>> paths,
      NodeId from,
      double minFidelity,
      boolean seconds,
      PurificationClass purifications) {
    WernerAlgebra algebra = new WernerAlgebra(seconds);
    double minW = (4 * minFidelity - 1) / 3;
    Optional<Pair> best = Optional.empty();
    double limit = Double.POSITIVE_INFINITY;
    for (List<Integer> path : paths) {
      if (path.size() <= maxHops) {
        Optional<Pair> found = along(path, from, algebra, purifications, minW, limit);
        if (found.isPresent()) {
          best = found;
          limit = found.get().cost();
        }
      }
    }
    return best.map(Pair::plan);
  }

  private Optional<Pair> along(
      List<Integer> path,
      NodeId from,
      WernerAlgebra algebra,
      PurificationClass purifications,
      double minW,
      double costLimit) {
    List<Node> along = new ArrayList<>();
    List<List<Pair>> ladders = new ArrayList<>();
    Node left = view.node(from);
    along.add(left);
    for (int edge : path) {
      LinkMode mode = view.linkModes().get(edge);
      if (along.size() > 1 && !WernerAlgebra.swaps(left)) {
        return Optional.empty();
      }
      Node right = view.node(mode.peerOf(left.id()));
      ladders.add(
          LinkLadder.of(algebra.elementary(mode, left.id()), left, right, algebra, purifications));
      along.add(right);
      left = right;
    }
    return new PathPlanner(algebra, along, ladders).best(minW, costLimit);
  }

  private int number(NodeId node) {
    Integer number = numbers.get(node);
    if (number == null) {
      throw new IllegalArgumentException("node (" + node + ") is not in the view");
    }
    return number;
  }
}
