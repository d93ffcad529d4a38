package net.bellwether.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import net.bellwether.emulator.nature.AttemptRequest;
import net.bellwether.emulator.nature.Command;
import net.bellwether.emulator.nature.Herald;
import net.bellwether.emulator.nature.Nature;
import net.bellwether.emulator.nature.Outcome;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.physics.LinkPhysics;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;

/// A chain of short links with nature behind it, without agents: a round as long as a frame, in
/// which one mode of each link makes its pair for certain, so that links run freely within it.
final class FreeChain {
  static final Qubits LASTING = new Qubits(64, 1e6, 1e6);

  private static final Rounds ROUND =
      new Rounds(1_000_000_000L, 90_000_000_000L, 98_000_000_000L, 1);
  private static final FlowId FLOW = FlowId.of("flow");
  private static final String MODE = "bright";

  final Network network;
  final LinkPhysics physics;
  private final int links;
  private final Nature nature;
  private long swaps;

  FreeChain(int links, double efficiency, Operations operations, Qubits inner, Qubits ends) {
    this.links = links;
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (int i = 0; i <= links; i++) {
      Qubits memory = i == 0 || i == links ? ends : inner;
      nodes.put(node(i), new Node(node(i), NodeRole.REPEATER, LASTING, memory, operations));
    }
    SequencedMap<LinkId, Link> all = new LinkedHashMap<>();
    for (int i = 0; i < links; i++) {
      all.put(link(i), link(i, efficiency));
    }
    network = new Network("chain", nodes, all, List.of());
    physics = LinkPhysics.of(network.link(link(0)), new GenerationMode(MODE, 0.2));
    nature = new Nature(network, 7, 20_260, 1_000);
    nodes.keySet().forEach(nature::attach);
    for (int i = 0; i <= links; i++) {
      List<AttemptRequest> wishes = new ArrayList<>();
      for (int l = Math.max(0, i - 1); l < Math.min(links, i + 1); l++) {
        wishes.add(
            new AttemptRequest(link(l), FLOW, 1, 0, MODE, 1, 0, AttemptRequest.NO_END, ROUND));
      }
      nature.schedule(node(i), wishes);
    }
  }

  private static Link link(int i, double efficiency) {
    return new Link(
        link(i),
        node(i),
        node(i + 1),
        new Medium.Fiber(2, 0.2),
        new Heralding.SingleClick(efficiency, efficiency, 0.95, 10, 1e-9),
        100_000,
        1,
        1,
        List.of(new GenerationMode(MODE, 0.2)));
  }

  static NodeId node(int i) {
    return NodeId.of("n" + i);
  }

  static LinkId link(int i) {
    return LinkId.of("l" + i);
  }

  /// The heralds of the next round, link by link.
  List<Herald> round() {
    long frame = nature.now().frame();
    var batches = nature.advanceTo(frame + 1);
    List<Herald> heralds = new ArrayList<>();
    for (int i = 0; i < links; i++) {
      LinkId link = link(i);
      heralds.add(
          Objects.requireNonNull(batches.get(node(i))).heralds().stream()
              .filter(herald -> herald.link().equals(link))
              .findFirst()
              .orElseThrow());
    }
    return heralds;
  }

  /// Since the round of `herald` began.
  static double seconds(NetworkTime time) {
    return time.picosSince(ROUND.start(time.frame(), 0)) * 1e-12;
  }

  private PairId id(Herald herald) {
    return new PairId.Elementary(herald.link(), nature.epoch(), herald.sequence());
  }

  /// Swaps the pairs of links `at` − 1 and `at`, or what they have become, at node `at`.
  Outcome.Swapped swap(int at, List<Herald> heralds, NetworkTime stamp) {
    Command command =
        new Command.Swap(
            0,
            stamp,
            id(heralds.get(at - 1)),
            id(heralds.get(at)),
            new PairId.Swapped(node(at), 1, swaps++));
    return switch (nature.execute(node(at), List.of(command)).getFirst()) {
      case Outcome.Swapped swapped -> swapped;
      case Outcome other -> throw new AssertionError(other);
    };
  }

  /// Whether the ends of the chain, measured then, disagree but for the frame.
  boolean disagree(
      List<Herald> heralds, NetworkTime left, NetworkTime right, Basis basis, Pauli frame) {
    boolean one = measure(0, heralds.getFirst(), left, basis);
    boolean other = measure(links, heralds.getLast(), right, basis);
    return one ^ other ^ frame.flips(basis);
  }

  boolean measure(int node, Herald herald, NetworkTime stamp, Basis basis) {
    Command command = new Command.Measure(0, stamp, id(herald), basis);
    return switch (nature.execute(node(node), List.of(command)).getFirst()) {
      case Outcome.Measured measured -> measured.bit();
      case Outcome other -> throw new AssertionError(other);
    };
  }

  /// The Bell state that the heralds announce together.
  static Pauli announced(List<Herald> heralds) {
    Pauli frame = Pauli.I;
    for (Herald herald : heralds) {
      frame = frame.times(herald.bellIndex());
    }
    return frame;
  }
}
