package net.bellwether.benchmarks.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.bellwether.scheduler.solver.NetworkSnapshot;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.atlas.Atlas;
import net.bellwether.topology.atlas.ImportOptions;
import net.bellwether.topology.generate.NetworkBlueprint;
import net.bellwether.topology.generate.NetworkGenerator;
import net.bellwether.topology.generate.NetworkModel;
import net.bellwether.topology.id.NodeId;

/// A network to ask plans of, with its neighbourhoods by number of node.
final class TestNetwork {
  private final String name;
  private final Hardware hardware;
  private final NetworkView view;
  private final NetworkSnapshot snapshot;
  private final List<NodeId> ids;
  private final int[] ends;
  private final int[][] neighbours;

  TestNetwork(String name, Network network, Hardware hardware) {
    this.name = name;
    this.hardware = hardware;
    view = hardware.on(network);
    snapshot = NetworkSnapshot.of(view);
    ids = List.copyOf(view.nodes().keySet());
    neighbours = neighbours(ids, view.linkModes());
    ends =
        java.util.stream.IntStream.range(0, ids.size())
            .filter(i -> view.node(ids.get(i)).role() == NodeRole.END_NODE)
            .toArray();
  }

  static TestNetwork generated(NetworkModel model, int nodes, long seed, Hardware hardware) {
    return new TestNetwork(
        model.toString(),
        NetworkGenerator.generate(NetworkBlueprint.of(model, nodes, seed)),
        hardware);
  }

  /// A public map that the library has on board.
  static TestNetwork mapped(String map, Hardware hardware) {
    return new TestNetwork(map, Atlas.network(map, ImportOptions.DEFAULT).network(), hardware);
  }

  private static int[][] neighbours(List<NodeId> ids, List<LinkMode> modes) {
    Map<NodeId, Integer> numbers = new LinkedHashMap<>();
    List<Set<Integer>> sets = new ArrayList<>();
    for (NodeId id : ids) {
      numbers.put(id, sets.size());
      sets.add(new TreeSet<>());
    }
    for (LinkMode mode : modes) {
      int a = numbers.getOrDefault(mode.a(), -1);
      int b = numbers.getOrDefault(mode.b(), -1);
      sets.get(a).add(b);
      sets.get(b).add(a);
    }
    return sets.stream()
        .map(set -> set.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  String name() {
    return name;
  }

  String title() {
    return name + ", " + hardware;
  }

  Hardware hardware() {
    return hardware;
  }

  NetworkView view() {
    return view;
  }

  NetworkSnapshot snapshot() {
    return snapshot;
  }

  int nodeCount() {
    return ids.size();
  }

  NodeId id(int number) {
    return ids.get(number);
  }

  /// Numbers of the nodes between which pairs may be asked for.
  int[] ends() {
    return ends.clone();
  }

  boolean isEnd(int number) {
    return java.util.Arrays.binarySearch(ends, number) >= 0;
  }

  /// Numbers of the nodes at most `hops` links from `source`, nearest first, `source` first of all.
  int[] within(int source, int hops) {
    Map<Integer, Integer> distance = new LinkedHashMap<>();
    distance.put(source, 0);
    List<Integer> queue = new ArrayList<>(List.of(source));
    for (int head = 0; head < queue.size(); head++) {
      int node = queue.get(head);
      int next = distance.getOrDefault(node, 0) + 1;
      if (next > hops) {
        break;
      }
      for (int neighbour : neighbours[node]) {
        if (distance.putIfAbsent(neighbour, next) == null) {
          queue.add(neighbour);
        }
      }
    }
    return queue.stream().mapToInt(Integer::intValue).toArray();
  }
}
