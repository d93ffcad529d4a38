package net.bellwether.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.emulator.nature.Happening;
import net.bellwether.emulator.nature.HeraldBatch;
import net.bellwether.emulator.nature.Nature;
import net.bellwether.topology.Network;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.RuleSet;

/// All rule engines of a network and the nature between them, in one thread and in virtual time.
/// The seed decides nature, the measurement bases, and who is heard first.
final class VirtualNetwork {
  private static final String ALGORITHM = "L64X128MixRandom";
  private static final long FIRST_FRAME = 1000;

  private final Nature nature;
  private final RandomGenerator order;
  private final PostOffice post;
  private final SequencedMap<NodeId, VirtualNode> nodes = new LinkedHashMap<>();

  VirtualNetwork(Network network, long seed) {
    RandomGenerator seeds = RandomGeneratorFactory.of(ALGORITHM).create(seed);
    nature = new Nature(network, 1, seeds.nextLong(), FIRST_FRAME);
    order = RandomGeneratorFactory.of(ALGORITHM).create(seeds.nextLong());
    post = new PostOffice(order);
    for (NodeId id : network.nodes().keySet()) {
      RandomGenerator bases = RandomGeneratorFactory.of(ALGORITHM).create(seeds.nextLong());
      nodes.put(id, new VirtualNode(id, nature, bases, post));
    }
  }

  /// First frame that has not passed.
  long frame() {
    return nature.now().frame();
  }

  /// Installs one generation of a flow at all its nodes and runs it from `frame` on.
  void install(SequencedMap<NodeId, RuleSet> ruleSets, long frame) {
    ruleSets.forEach((node, rules) -> node(node).prepare(rules));
    ruleSets.forEach((node, rules) -> node(node).activate(rules.flow(), rules.generation(), frame));
    if (!nature.overcommitted().isEmpty()) {
      throw new IllegalStateException("over-committed: " + nature.overcommitted());
    }
  }

  /// Lets something befall the hardware from the next frame on.
  void befall(Happening happening) {
    nature.apply(happening);
  }

  /// Lets one frame pass, and then everything that follows from it.
  void advance() {
    SequencedMap<NodeId, HeraldBatch> batches = nature.advanceTo(frame() + 1);
    List<NodeId> hearing = new ArrayList<>(batches.keySet());
    while (!hearing.isEmpty()) {
      NodeId next = hearing.remove(order.nextInt(hearing.size()));
      node(next).heralds(batch(batches, next));
      for (int steps = order.nextInt(3); steps > 0; steps--) {
        step();
      }
    }
    settleWork();
    batches.forEach((id, batch) -> node(id).settle(batch));
    settleWork();
    if (!nature.overcommitted().isEmpty()) {
      throw new IllegalStateException("over-committed: " + nature.overcommitted());
    }
  }

  private static HeraldBatch batch(Map<NodeId, HeraldBatch> batches, NodeId node) {
    return Optional.ofNullable(batches.get(node)).orElseThrow();
  }

  private void settleWork() {
    boolean busy = true;
    while (busy) {
      busy = step();
    }
  }

  /// Lets one message arrive, or all hardware work; whether there was anything to do.
  private boolean step() {
    Optional<PostOffice.Letter> letter = order.nextInt(4) > 0 ? post.take() : Optional.empty();
    if (letter.isPresent()) {
      node(letter.get().to()).receive(letter.get().from(), letter.get().message());
      return true;
    }
    boolean worked = false;
    for (VirtualNode node : nodes.values()) {
      worked |= node.work();
    }
    if (worked) {
      return true;
    }
    Optional<PostOffice.Letter> last = post.take();
    last.ifPresent(found -> node(found.to()).receive(found.from(), found.message()));
    return last.isPresent();
  }

  VirtualNode node(NodeId id) {
    return Optional.ofNullable(nodes.get(id)).orElseThrow();
  }

  /// Pairs of `flow` that `node` has delivered so far, in order.
  List<DeliveredPair> delivered(NodeId node, FlowId flow) {
    return node(node).delivered().stream().filter(pair -> pair.flow().equals(flow)).toList();
  }
}
