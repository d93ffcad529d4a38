package net.bellwether.simulation.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.bellwether.agent.engine.Installation;
import net.bellwether.emulator.nature.AttemptRequest;
import net.bellwether.emulator.nature.Happening;
import net.bellwether.emulator.nature.HeraldBatch;
import net.bellwether.emulator.nature.Nature;
import net.bellwether.emulator.nature.NatureReport;
import net.bellwether.topology.Network;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.topology.time.NetworkTime;

/// All rule engines of a network and the nature between them, in one thread and in virtual time.
/// The seed decides nature, the measurement bases, and who is heard first.
public final class VirtualNetwork {
  private static final String ALGORITHM = "L64X128MixRandom";
  private static final long FIRST_FRAME = 1000;

  private final Nature nature;
  private final RandomGenerator order;
  private final PostOffice post;
  private final SequencedMap<NodeId, VirtualNode> nodes = new LinkedHashMap<>();

  /// All nodes are attached and know no rules; `seed` decides everything that chance decides.
  public VirtualNetwork(Network network, long seed) {
    this(network, seed, true);
  }

  /// The same; where not `running`, nodes are to be started and attached one by one.
  public VirtualNetwork(Network network, long seed, boolean running) {
    RandomGenerator seeds = RandomGeneratorFactory.of(ALGORITHM).create(seed);
    nature = new Nature(network, 1, seeds.nextLong(), FIRST_FRAME);
    order = RandomGeneratorFactory.of(ALGORITHM).create(seeds.nextLong());
    post = new PostOffice(order);
    for (NodeId id : network.nodes().keySet()) {
      RandomGenerator bases = RandomGeneratorFactory.of(ALGORITHM).create(seeds.nextLong());
      nodes.put(id, new VirtualNode(id, nature, bases, post));
    }
    if (running) {
      for (VirtualNode node : nodes.values()) {
        node.start(1);
        node.attach();
      }
    }
  }

  /// Begins the node's work with an engine that knows nothing and has no device yet.
  public void start(NodeId id, long bootEpoch) {
    node(id).start(bootEpoch);
  }

  /// Ends the node's work where it stands.
  public void stop(NodeId id) {
    node(id).stop();
  }

  /// The device of a node that runs is there, and holds nothing for it.
  public void attach(NodeId id) {
    node(id).attach();
  }

  /// The device of a node is away.
  public void detach(NodeId id) {
    node(id).detach();
  }

  /// Messages of one agent to another are lost until `carry`.
  public void lose(NodeId from, NodeId to) {
    post.lose(from, to);
  }

  public void carry(NodeId from, NodeId to) {
    post.carry(from, to);
  }

  /// First frame that has not passed.
  public long frame() {
    return nature.now().frame();
  }

  /// Installs one generation of a flow at all its nodes and runs it from `frame` on.
  public void install(SequencedMap<NodeId, RuleSet> ruleSets, long frame) {
    ruleSets.forEach((node, rules) -> require(node(node).engine().prepare(rules)));
    ruleSets.forEach((node, rules) ->
        require(node(node).engine().activate(rules.flow(), rules.generation(), frame)));
    requireNoOvercommitment();
  }

  /// Lets something befall the hardware; the first frame in which it holds.
  public long befall(Happening happening) {
    return nature.apply(happening);
  }

  private static void require(Installation installation) {
    if (installation instanceof Installation.Refused refused) {
      throw new IllegalArgumentException(refused.reason());
    }
  }

  /// Lets one frame pass, and then everything that follows from it.
  public void advance() {
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

  /// Lets the messages of one route arrive, or all hardware work; whether there was anything to do.
  private boolean step() {
    if (order.nextInt(4) > 0 && receive()) {
      return true;
    }
    boolean worked = false;
    for (VirtualNode node : nodes.values()) {
      worked |= node.work();
    }
    return worked || receive();
  }

  private boolean receive() {
    Optional<PostOffice.Bag> bag = post.take();
    bag.ifPresent(found -> node(found.to()).receive(found.from(), found.messages()));
    return bag.isPresent();
  }

  /// Requests that nature does not attempt because earlier ones hold the qubits or modes; none
  /// while the controller keeps its promises.
  public Set<AttemptRequest> overcommitted() {
    return nature.overcommitted();
  }

  private void requireNoOvercommitment() {
    if (!overcommitted().isEmpty()) {
      throw new IllegalStateException("over-committed: " + overcommitted());
    }
  }

  public VirtualNode node(NodeId id) {
    return Optional.ofNullable(nodes.get(id)).orElseThrow();
  }

  /// Every node, in the order of the network.
  public List<VirtualNode> nodes() {
    return List.copyOf(nodes.values());
  }

  /// Messages between agents so far.
  public long messageCount() {
    return post.messageCount();
  }

  /// What nature holds and has made.
  public NatureReport nature() {
    return nature.describe();
  }

  public NetworkTime now() {
    return nature.now();
  }
}
