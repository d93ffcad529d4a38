package net.bellwether.scheduler.search;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.scheduler.search.Graph.Edge;
import net.bellwether.topology.id.NodeId;

/// A simple path from the start of the question, and a bound on what any completion of it yields.
/// `serial` makes the order of equals the order of their making.
record Route(List<NodeId> nodes, List<Edge> edges, double rate, double bound, long serial)
    implements Comparable<Route> {

  NodeId end() {
    return nodes.getLast();
  }

  Route extended(Edge edge, double bound, long serial) {
    List<NodeId> moreNodes = new ArrayList<>(nodes);
    moreNodes.add(edge.to());
    List<Edge> moreEdges = new ArrayList<>(edges);
    moreEdges.add(edge);
    return new Route(
        moreNodes, moreEdges, Math.min(rate, edge.bestPairsPerSecond()), bound, serial);
  }

  /// Best bound first; of equals the longer one, which is closer to an answer.
  @Override
  public int compareTo(Route other) {
    int byBound = Double.compare(other.bound, bound);
    int byLength = Integer.compare(other.edges.size(), edges.size());
    return byBound != 0 ? byBound : byLength != 0 ? byLength : Long.compare(serial, other.serial);
  }
}
