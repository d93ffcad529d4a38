package net.bellwether.scheduler.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;

/// Small networks with everything in them that a view allows, drawn from a seed: nodes and links
/// that differ, parallel links, several modes per link, states Werner and not, rates over decades,
/// modes that make nothing, nodes that cannot swap, parts that do not hang together.
final class RandomNetworks {
  private static final Qubits MEMORY = new Qubits(8, 100, 100);
  private static final Qubits NO_MEMORY = new Qubits(0, 1, 1);

  private RandomNetworks() {}

  static NetworkView view(SplittableRandom random) {
    int count = 3 + random.nextInt(7);
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    boolean fine = random.nextInt(3) > 0;
    for (int node = 0; node < count; node++) {
      Node made = node("n" + node, fine, random);
      nodes.put(made.id(), made);
    }
    List<NodeId> ids = List.copyOf(nodes.keySet());
    List<LinkMode> modes = new ArrayList<>();
    int links = 0;
    // A tree of links first, now and then with a branch missing; then as many as chance wants.
    double missing = random.nextInt(12) == 0 ? 0.3 : 0;
    for (int node = 1; node < count; node++) {
      if (random.nextDouble() >= missing) {
        addLink(links++, ids.get(node), ids.get(random.nextInt(node)), random, modes);
      }
    }
    int more = random.nextInt(2 * count);
    for (int link = 0; link < more; link++) {
      NodeId a = ids.get(random.nextInt(count));
      NodeId b = ids.get(random.nextInt(count));
      if (!a.equals(b)) {
        addLink(links++, a, b, random, modes);
      }
    }
    if (links > 0 && random.nextInt(3) == 0) {
      LinkMode beside = modes.get(random.nextInt(modes.size()));
      addLink(links, beside.b(), beside.a(), random, modes);
    }
    return new NetworkView(nodes, modes);
  }

  private static Node node(String name, boolean fine, SplittableRandom random) {
    double q =
        switch (random.nextInt(6)) {
          case 0 -> 0.5;
          case 1 -> random.nextDouble();
          case 2, 3 -> 0.99;
          default -> 1;
        };
    boolean perfect = random.nextInt(15) == 0;
    double worstGate = fine ? 0.01 : 0.07;
    double worstReadout = fine ? 0.003 : 0.02;
    Operations operations =
        new Operations(
            perfect ? 1 : 1 - worstGate * random.nextDouble(),
            perfect ? 0 : worstReadout * random.nextDouble(),
            random.nextInt(40) == 0 ? 0 : q);
    Qubits memory = random.nextInt(25) == 0 ? NO_MEMORY : MEMORY;
    return new Node(NodeId.of(name), NodeRole.END_NODE, MEMORY, memory, operations);
  }

  private static void addLink(
      int number, NodeId a, NodeId b, SplittableRandom random, List<LinkMode> modes) {
    int count = random.nextInt(2) == 0 ? 1 : 1 + random.nextInt(3);
    int multiplexing = 1 + random.nextInt(16);
    double freeShare =
        switch (random.nextInt(8)) {
          case 0, 1 -> random.nextDouble();
          case 2 -> random.nextInt(4) == 0 ? 0 : 0.5;
          default -> 1;
        };
    double decade = -3 * random.nextDouble();
    for (int mode = 0; mode < count; mode++) {
      double chance = StrictMath.pow(10, decade - random.nextDouble());
      modes.add(
          new LinkMode(
              LinkId.of("l" + number),
              a,
              b,
              "m" + mode,
              multiplexing,
              random.nextInt(30) == 0 ? 0 : chance,
              1_000_000 + random.nextInt(100_000_000),
              1_000,
              1_000,
              state(random),
              freeShare));
    }
  }

  /// Mostly pure enough to be of use; sometimes not entangled at all.
  private static BellDiagonal state(SplittableRandom random) {
    double fidelity =
        switch (random.nextInt(20)) {
          case 0 -> 0.3 + 0.3 * random.nextDouble();
          case 1, 2 -> 0.6 + 0.25 * random.nextDouble();
          case 3 -> 1;
          default -> 0.88 + 0.12 * random.nextDouble();
        };
    if (random.nextBoolean()) {
      return BellDiagonal.werner(fidelity);
    }
    double x = random.nextDouble();
    double y = random.nextDouble();
    double z = random.nextDouble() + 1e-9;
    double share = (1 - fidelity) / (x + y + z);
    return new BellDiagonal(fidelity, x * share, y * share, z * share);
  }
}
