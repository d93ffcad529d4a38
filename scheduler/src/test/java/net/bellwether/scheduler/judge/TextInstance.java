package net.bellwether.scheduler.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.bellwether.scheduler.judge.Instance.Objective;
import net.bellwether.scheduler.judge.Instance.PlanClass;
import net.bellwether.scheduler.judge.Instance.PriceUnit;
import net.bellwether.scheduler.judge.Instance.StateModel;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;

/// Instances from `a` to `b` in text: `a r 1 0.95` is a link from a to r that makes one pair per
/// second, of fidelity 0.95 (Werner); links are named l0, l1 … in order, each pair costs 1.
record TextInstance(
    Objective objective,
    PlanClass planClass,
    double minFidelity,
    double minPairsPerSecond,
    int maxHops,
    Operations operations,
    List<NodeId> requiredNodes,
    List<LinkId> requiredLinks) {
  private static final Qubits MEMORY = new Qubits(1, 1, 1);

  static TextInstance of(Objective objective, double minFidelity) {
    return new TextInstance(
        objective, PlanClass.ANY, minFidelity, 1, 16, Operations.IDEAL, List.of(), List.of());
  }

  TextInstance nested() {
    return new TextInstance(
        objective,
        PlanClass.NESTED,
        minFidelity,
        minPairsPerSecond,
        maxHops,
        operations,
        requiredNodes,
        requiredLinks);
  }

  TextInstance at(Operations everywhere) {
    return new TextInstance(
        objective,
        planClass,
        minFidelity,
        minPairsPerSecond,
        maxHops,
        everywhere,
        requiredNodes,
        requiredLinks);
  }

  TextInstance within(int hops) {
    return new TextInstance(
        objective,
        planClass,
        minFidelity,
        minPairsPerSecond,
        hops,
        operations,
        requiredNodes,
        requiredLinks);
  }

  TextInstance atLeast(double pairsPerSecond) {
    return new TextInstance(
        objective,
        planClass,
        minFidelity,
        pairsPerSecond,
        maxHops,
        operations,
        requiredNodes,
        requiredLinks);
  }

  TextInstance through(String node) {
    return new TextInstance(
        objective,
        planClass,
        minFidelity,
        minPairsPerSecond,
        maxHops,
        operations,
        List.of(NodeId.of(node)),
        requiredLinks);
  }

  TextInstance over(String link) {
    return new TextInstance(
        objective,
        planClass,
        minFidelity,
        minPairsPerSecond,
        maxHops,
        operations,
        requiredNodes,
        List.of(LinkId.of(link)));
  }

  Instance on(String... links) {
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    List<LinkMode> modes = new ArrayList<>();
    SequencedMap<LinkId, Double> prices = new LinkedHashMap<>();
    for (String link : links) {
      String[] words = link.split(" ", -1);
      for (String end : List.of(words[0], words[1])) {
        NodeId id = NodeId.of(end);
        nodes.put(id, new Node(id, NodeRole.END_NODE, MEMORY, MEMORY, operations));
      }
      long picosPerPair = Math.round(1e12 / Double.parseDouble(words[2]));
      LinkMode mode =
          new LinkMode(
              LinkId.of("l" + modes.size()),
              NodeId.of(words[0]),
              NodeId.of(words[1]),
              "only",
              1,
              1,
              picosPerPair,
              0,
              0,
              BellDiagonal.werner(Double.parseDouble(words[3])),
              1);
      modes.add(mode);
      prices.put(mode.link(), 1.0);
    }
    return new Instance(
        0,
        new NetworkView(nodes, modes),
        NodeId.of("a"),
        NodeId.of("b"),
        objective,
        StateModel.WERNER,
        planClass,
        PriceUnit.PER_PAIR,
        prices,
        minFidelity,
        minPairsPerSecond,
        maxHops,
        List.of(),
        List.of(),
        requiredNodes,
        requiredLinks);
  }
}
