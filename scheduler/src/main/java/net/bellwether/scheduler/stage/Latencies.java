package net.bellwether.scheduler.stage;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.id.NodeId;

/// Time that messages take between any two nodes of a plan: the shortest way over its own links.
final class Latencies {
  private static final long UNREACHED = Long.MAX_VALUE;

  private final Map<NodeId, Integer> indexOf = new TreeMap<>();
  private final long[][] picos;

  private Latencies(List<NodeId> nodes) {
    for (NodeId node : nodes) {
      indexOf.put(node, indexOf.size());
    }
    picos = new long[nodes.size()][nodes.size()];
  }

  static Latencies of(List<NodeId> nodes, List<LinkMode> links) {
    Latencies latencies = new Latencies(nodes);
    for (NodeId node : nodes) {
      latencies.reachFrom(latencies.index(node), links);
    }
    return latencies;
  }

  private void reachFrom(int source, List<LinkMode> links) {
    long[] reached = picos[source];
    Arrays.fill(reached, UNREACHED);
    reached[source] = 0;
    ArrayDeque<Integer> changed = new ArrayDeque<>(List.of(source));
    while (!changed.isEmpty()) {
      int at = changed.remove();
      for (LinkMode link : links) {
        int a = index(link.a());
        int b = index(link.b());
        int next = a == at ? b : b == at ? a : at;
        long sum = reached[at] + link.classicalLatencyPicos();
        if (sum < reached[next]) {
          reached[next] = sum;
          changed.add(next);
        }
      }
    }
  }

  long between(NodeId one, NodeId other) {
    return picos[index(one)][index(other)];
  }

  private int index(NodeId node) {
    Integer index = indexOf.get(node);
    if (index == null) {
      throw new IllegalArgumentException("node (" + node + ") is not on the plan's path");
    }
    return index;
  }
}
