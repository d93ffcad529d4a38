package net.bellwether.emulator.nature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
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
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.LinkPhysics;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;

/// A chain a - b - c of short links with nature behind it, and short words for commands.
final class Laboratory {
  static final NodeId A = NodeId.of("a");
  static final NodeId B = NodeId.of("b");
  static final NodeId C = NodeId.of("c");
  static final LinkId AB = LinkId.of("ab");
  static final LinkId BC = LinkId.of("bc");
  static final FlowId FLOW = FlowId.of("flow");
  static final Rounds ROUNDS = new Rounds(5_000_000_000L, 1_000_000_000L, 9_500_000_000L, 10);
  static final int MULTIPLEXING = 50;
  static final Qubits STABLE = new Qubits(200, 1e6, 1e6);

  final Network network;
  final Nature nature;
  private final Map<NodeId, List<Herald>> heralds = new LinkedHashMap<>();
  private long tags;
  private long swaps;

  Laboratory(long seed, Operations operations, Qubits memory) {
    this(seed, operations, memory, 0.02);
  }

  Laboratory(long seed, Operations operations, Qubits memory, double efficiency) {
    network = network(operations, memory, efficiency);
    nature = new Nature(network, 7, seed, 1000);
    network.nodes().keySet().forEach(nature::attach);
  }

  static Network network(Operations operations, Qubits memory, double efficiency) {
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (NodeId id : List.of(A, B, C)) {
      nodes.put(id, new Node(id, NodeRole.REPEATER, STABLE, memory, operations));
    }
    SequencedMap<LinkId, Link> links = new LinkedHashMap<>();
    links.put(AB, link(AB, A, B, efficiency));
    links.put(BC, link(BC, B, C, efficiency));
    return new Network("lab", nodes, links, List.of());
  }

  private static Link link(LinkId id, NodeId a, NodeId b, double efficiency) {
    return new Link(
        id,
        a,
        b,
        new Medium.Fiber(2, 0.2),
        new Heralding.SingleClick(efficiency, efficiency, 0.9, 10, 1e-9),
        100_000,
        1,
        100,
        List.of(new GenerationMode("bright", 0.2), new GenerationMode("dim", 0.05)));
  }

  LinkPhysics physics(LinkId link) {
    return LinkPhysics.of(network.link(link), network.link(link).modes().getFirst());
  }

  static AttemptRequest request(LinkId link) {
    return request(link, FLOW, MULTIPLEXING, ROUNDS);
  }

  static AttemptRequest request(LinkId link, FlowId flow, int multiplexing, Rounds rounds) {
    return new AttemptRequest(
        link, flow, 1, 0, "bright", multiplexing, 0, AttemptRequest.NO_END, rounds);
  }

  /// Asks for pairs on both links and lets `frames` pass.
  Laboratory run(int frames) {
    nature.schedule(A, List.of(request(AB)));
    nature.schedule(B, List.of(request(AB), request(BC)));
    nature.schedule(C, List.of(request(BC)));
    advance(frames);
    return this;
  }

  void advance(int frames) {
    nature
        .advanceTo(nature.now().frame() + frames)
        .forEach((node, batch) ->
            heralds.computeIfAbsent(node, id -> new ArrayList<>()).addAll(batch.heralds()));
  }

  /// Heralds of `link` since the last call.
  List<Herald> take(LinkId link) {
    List<Herald> atOneEnd =
        Objects.requireNonNull(heralds.get(link.equals(AB) ? A : C)).stream()
            .filter(herald -> herald.link().equals(link))
            .toList();
    heralds.values().forEach(list -> list.removeIf(herald -> herald.link().equals(link)));
    return atOneEnd;
  }

  PairId id(Herald herald) {
    return new PairId.Elementary(herald.link(), nature.epoch(), herald.sequence());
  }

  Outcome tell(NodeId node, Command command) {
    return nature.execute(node, List.of(command)).getFirst();
  }

  Outcome measure(NodeId node, PairId pair, NetworkTime stamp, Basis basis) {
    return tell(node, new Command.Measure(tags++, stamp, pair, basis));
  }

  boolean bit(NodeId node, PairId pair, NetworkTime stamp, Basis basis) {
    return switch (measure(node, pair, stamp, basis)) {
      case Outcome.Measured measured -> measured.bit();
      case Outcome other -> throw new AssertionError(other);
    };
  }

  boolean purify(NodeId node, PairId kept, PairId sacrificed, NetworkTime stamp) {
    return switch (tell(
        node, new Command.Purify(tags++, stamp, kept, sacrificed, PurificationProtocol.DEJMPS))) {
      case Outcome.Purified purified -> purified.bit();
      case Outcome other -> throw new AssertionError(other);
    };
  }

  PairId.Swapped newName() {
    return new PairId.Swapped(B, 1, swaps++);
  }

  Outcome swap(PairId left, PairId right, PairId.Swapped result, NetworkTime stamp) {
    return tell(B, new Command.Swap(tags++, stamp, left, right, result));
  }

  /// Whether outcomes at both ends of a pair in Bell state `frame` disagree.
  boolean disagree(
      NodeId left, NodeId right, PairId pair, NetworkTime stamp, Basis basis, Pauli frame) {
    return bit(left, pair, stamp, basis) ^ bit(right, pair, stamp, basis) ^ frame.flips(basis);
  }
}
