package net.bellwether.simulation.agreement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Networks of 3 to 8 nodes whose hardware differs from node to node and link to link: gates,
/// readouts, swaps that fail, memories that decay within a round, every kind of heralding, one to
/// three generation modes, links side by side, and nodes whose qubits do not suffice for all links.
final class RandomHardware {
  private static final int NODES_MIN = 3;
  private static final int NODES_MAX = 8;

  private final RandomGenerator random;
  private final SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
  private final SequencedMap<LinkId, Link> links = new LinkedHashMap<>();

  private RandomHardware(RandomGenerator random) {
    this.random = random;
  }

  static Network network(String name, RandomGenerator random) {
    RandomHardware hardware = new RandomHardware(random);
    hardware.draw();
    return new Network(name, hardware.nodes, hardware.links, List.of());
  }

  private void draw() {
    int count = NODES_MIN + random.nextInt(NODES_MAX - NODES_MIN + 1);
    for (int i = 0; i < count; i++) {
      NodeRole role = i == 0 || i == count - 1 ? NodeRole.END_NODE : NodeRole.REPEATER;
      Node node = node(NodeId.of("n" + i), role);
      nodes.put(node.id(), node);
    }
    // A chain, so that every two nodes are joined, and some links besides.
    for (int i = 1; i < count; i++) {
      link(i - 1, i);
    }
    for (int more = random.nextInt(count); more > 0; more--) {
      int a = random.nextInt(count);
      int b = random.nextInt(count);
      if (a != b) {
        link(Math.min(a, b), Math.max(a, b));
      }
    }
  }

  private Node node(NodeId id, NodeRole role) {
    double q =
        switch (random.nextInt(4)) {
          case 0 -> 0.5;
          case 1 -> between(0.5, 1);
          default -> 1;
        };
    Operations operations =
        random.nextInt(6) == 0
            ? new Operations(1, 0, q)
            : new Operations(between(0.985, 1), between(0, 0.005), q);
    double t1 = logarithmic(0.5, 50);
    Qubits memory = new Qubits(32 + random.nextInt(97), t1, Math.min(2 * t1, logarithmic(0.05, 5)));
    return new Node(id, role, memory, memory, operations);
  }

  private void link(int a, int b) {
    Heralding heralding = heralding();
    Link link =
        new Link(
            LinkId.of("l" + links.size()),
            NodeId.of("n" + a),
            NodeId.of("n" + b),
            random.nextInt(4) == 0
                ? new Medium.HollowCoreFiber(between(5, 60), 0.1)
                : new Medium.Fiber(between(5, 40), 0.2),
            heralding,
            logarithmic(1e4, 1e6),
            1 + random.nextInt(2),
            1 + random.nextInt(16),
            modes(heralding));
    links.put(link.id(), link);
  }

  private Heralding heralding() {
    double visibility = between(0.93, 1);
    return switch (random.nextInt(3)) {
      case 0 ->
          new Heralding.SingleClick(between(0.2, 0.8), between(0.2, 0.8), visibility, 10, 1e-9);
      case 1 ->
          new Heralding.DoubleClick(between(0.2, 0.8), between(0.2, 0.8), visibility, 10, 1e-9);
      default ->
          new Heralding.MiddleSource(
              between(0.2, 0.8), between(0.2, 0.8), between(0.95, 1), 100, 1e-9);
    };
  }

  private List<GenerationMode> modes(Heralding heralding) {
    if (heralding instanceof Heralding.DoubleClick) {
      return List.of(new GenerationMode("only", 1));
    }
    double most = heralding instanceof Heralding.SingleClick ? 0.15 : 0.05;
    List<GenerationMode> modes = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      modes.add(new GenerationMode("m" + i, logarithmic(most / 10, most)));
    }
    return modes;
  }

  private double between(double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  private double logarithmic(double least, double most) {
    return least * StrictMath.pow(most / least, random.nextDouble());
  }
}
