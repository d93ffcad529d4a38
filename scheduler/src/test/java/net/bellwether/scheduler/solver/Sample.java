package net.bellwether.scheduler.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Prices;
import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.request.StateModel;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;

/// A random network of 3 to 60 nodes and a question about it, from a seed.
record Sample(long seed, NetworkView view, Request request) {
  private static final Qubits MEMORY = new Qubits(100, 10, 1);
  private static final int MOST_NODES = 60;
  private static final long BUDGET = 50_000;

  static Sample of(long seed) {
    var random = new SplittableRandom(seed);
    int count =
        random.nextInt(3) == 0 ? 3 + random.nextInt(MOST_NODES - 2) : 3 + random.nextInt(10);
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Node node =
          node(
              "n" + i,
              new Operations(
                  1 - 0.015 * random.nextDouble(),
                  0.006 * random.nextDouble(),
                  1 - 0.3 * random.nextDouble() * random.nextInt(2)));
      nodes.put(node.id(), node);
    }
    List<LinkMode> modes = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      addLink(i, random.nextInt(i), random, modes);
    }
    for (int i = 0; i < 2 * count; i++) {
      int a = random.nextInt(count);
      int b = random.nextInt(count);
      if (a != b) {
        addLink(a, b, random, modes);
      }
    }
    NetworkView view = new NetworkView(nodes, modes);
    return new Sample(seed, view, request(view, random));
  }

  private static void addLink(int a, int b, SplittableRandom random, List<LinkMode> modes) {
    String link = "l" + modes.size();
    int count = 1 + random.nextInt(2);
    for (int mode = 0; mode < count; mode++) {
      double rate = 10 * StrictMath.pow(10, 2 * random.nextDouble());
      double fidelity = 0.9 + 0.095 * random.nextDouble();
      modes.add(mode(link, "n" + a, "n" + b, "m" + mode, rate, BellDiagonal.werner(fidelity)));
    }
  }

  private static Request request(NetworkView view, SplittableRandom random) {
    Map<LinkId, Double> prices = new LinkedHashMap<>();
    for (LinkMode mode : view.linkModes()) {
      prices.put(mode.link(), 1 + 9 * random.nextDouble());
    }
    Objective objective =
        switch (random.nextInt(6)) {
          case 0 -> new Objective.Cheapest(Prices.of(Prices.Unit.PAIR, 1, prices));
          case 1 -> new Objective.Cheapest(Prices.of(Prices.Unit.LINK_SECOND, 1, prices));
          case 2, 3 -> new Objective.PairRate();
          case 4 -> Objective.SecretKeyRate.BBM92;
          default -> new Objective.Fidelity(1 + 5 * random.nextDouble());
        };
    double floor = 0.75 + 0.2 * random.nextDouble();
    int to = 1 + random.nextInt(view.nodes().size() - 1);
    return Request.of(id("n0"), id("n" + to), objective, floor)
        .with(StateModel.WERNER)
        .with(random.nextBoolean() ? PurificationClass.ANY : PurificationClass.NESTED)
        .withWorkBudget(BUDGET);
  }

  Solution solve() {
    return Solver.solve(NetworkSnapshot.of(view), request);
  }

  Sample with(NetworkView other) {
    return new Sample(seed, other, request);
  }

  Sample with(Request other) {
    return new Sample(seed, view, other);
  }

  Sample mapModes(UnaryOperator<LinkMode> change) {
    return with(new NetworkView(view.nodes(), view.linkModes().stream().map(change).toList()));
  }

  /// A view of nodes that all have these operations, named by the ends of `modes`.
  static NetworkView view(Operations operations, LinkMode... modes) {
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (LinkMode mode : modes) {
      nodes.put(mode.a(), node(mode.a().value(), operations));
      nodes.put(mode.b(), node(mode.b().value(), operations));
    }
    return new NetworkView(nodes, List.of(modes));
  }

  static NodeId id(String name) {
    return NodeId.of(name);
  }

  static Node node(String name, Operations operations) {
    return new Node(id(name), NodeRole.END_NODE, MEMORY, MEMORY, operations);
  }

  /// A link from a to b named `ab` with one mode, Werner.
  static LinkMode link(String a, String b, double pairsPerSecond, double fidelity) {
    return mode(a + b, a, b, "only", pairsPerSecond, BellDiagonal.werner(fidelity));
  }

  static LinkMode mode(
      String link, String a, String b, String mode, double pairsPerSecond, BellDiagonal state) {
    return new LinkMode(
        LinkId.of(link), id(a), id(b), mode, 1, pairsPerSecond / 1e6, 1_000_000, 0, 0, state, 1);
  }
}
