package net.bellwether.emulator.nature;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import net.bellwether.topology.Link;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.document.NearestName;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.time.NetworkTime;

/// What the quantum hardware of a whole network does, as a deterministic state machine: the same
/// seed and inputs give the same outputs. Not safe for use by several threads at once.
///
/// Every pair carries one hidden Bell state; decay, noisy operations and readout change it by
/// chance (decision 0005). Time moves only by `advanceTo`; commands carry the time at which they
/// took effect and may be up to four seconds old.
public final class Nature {
  private final Network network;
  private final long epoch;
  private final Pairs pairs = new Pairs();
  private final Schedules schedules;
  private final Map<NodeId, NodeHardware> hardware = new LinkedHashMap<>();
  private final Map<LinkId, LinkSource> sources = new LinkedHashMap<>();
  private long frame;

  /// `epoch` becomes part of every elementary pair's name and must rise from start to start;
  /// `firstFrame` is the first in which anything can happen.
  public Nature(Network network, long epoch, long seed, long firstFrame) {
    this.network = network;
    this.epoch = epoch;
    this.frame = firstFrame;
    this.schedules = new Schedules(network);
    for (Node node : network.nodes().values()) {
      Chance chance = Chance.named(seed, "node", node.id().value());
      hardware.put(node.id(), new NodeHardware(node, pairs, chance));
    }
    for (Link link : network.links().values()) {
      sources.put(link.id(), new LinkSource(link, Chance.named(seed, "link", link.id().value())));
    }
  }

  public Network network() {
    return network;
  }

  public long epoch() {
    return epoch;
  }

  /// Start of the first frame that is not over.
  public NetworkTime now() {
    return NetworkTime.startOfFrame(frame);
  }

  /// The same by the clock of a node's device.
  public NetworkTime now(NodeId node) {
    return now().plusPicos(hardwareOf(node).qubits.clockOffsetPicos());
  }

  /// From now on `node` gets heralds. Whatever it held in an earlier attachment is lost to it.
  public void attach(NodeId node) {
    hardwareOf(node).qubits.attach();
  }

  /// `node` asks for nothing any more and has lost what it held.
  public void detach(NodeId node) {
    hardwareOf(node).qubits.detach();
    schedules.replace(node, List.of());
  }

  /// Replaces what `node` asks for. Returns a sentence for every request that its hardware cannot
  /// serve; the others stand.
  public List<String> schedule(NodeId node, List<AttemptRequest> requests) {
    hardwareOf(node);
    return schedules.replace(node, requests);
  }

  /// Requests both ends agree on and that were not attempted in the last frame, because earlier
  /// ones use the communication qubits of a node or the modes of the link at the same time.
  public Set<AttemptRequest> overcommitted() {
    return new LinkedHashSet<>(schedules.overcommitted());
  }

  /// Carries out `commands` in order, one outcome each.
  public List<Outcome> execute(NodeId node, List<Command> commands) {
    NodeHardware at = hardwareOf(node);
    List<Outcome> outcomes = new ArrayList<>(commands.size());
    for (Command command : commands) {
      outcomes.add(at.execute(command, frame));
    }
    return outcomes;
  }

  /// Lets every frame before `toFrame` pass; returns what each attached node sees of them.
  public SequencedMap<NodeId, HeraldBatch> advanceTo(long toFrame) {
    SequencedMap<NodeId, List<Herald>> seen = new LinkedHashMap<>();
    hardware.forEach((node, at) -> {
      if (at.qubits.isAttached()) {
        seen.put(node, new ArrayList<>());
      }
    });
    while (frame < toFrame) {
      passFrame(seen);
      frame++;
      pairs.forgetUntil(frame);
    }
    SequencedMap<NodeId, HeraldBatch> batches = new LinkedHashMap<>();
    seen.forEach((node, heralds) -> batches.put(node, new HeraldBatch(heralds, now(node))));
    return batches;
  }

  /// Lets frames pass in which nothing is attempted, for a host that was not running.
  public void skipTo(long toFrame) {
    frame = Math.max(frame, toFrame);
    pairs.forgetUntil(frame);
  }

  /// Lets something befall the hardware; returns the first frame in which it holds.
  /// IllegalArgumentException names what is wrong, and then nothing happened.
  public long apply(Happening happening) {
    // The frame that runs now is drawn as a whole when it is over, so the next is the first.
    long fromFrame = frame + 1;
    switch (happening) {
      case Happening.OfLink ofLink -> sourceOf(ofLink.link()).befall(ofLink, fromFrame);
      case Happening.OfNode ofNode -> {
        NodeHardware at = hardwareOf(ofNode.node());
        if (ofNode instanceof Happening.ShiftClock shift) {
          requireTimeToGoBack(shift);
        }
        at.qubits.befall(ofNode, fromFrame);
      }
    }
    return fromFrame;
  }

  /// There is no network time before its first frame.
  private void requireTimeToGoBack(Happening.ShiftClock shift) {
    if (-shift.offsetPicos() / NetworkTime.FRAME_PICOS > frame - 1) {
      throw new IllegalArgumentException(
          "offsetMillis (%s) must not lead to before the first frame; it is frame %d"
              .formatted(shift.offsetMillis(), frame));
    }
  }

  /// What is in force, and how much there is.
  public NatureReport describe() {
    long[] alive = new long[1];
    pairs.forEach(pair -> alive[0] += pair.isAlive() ? 1 : 0);
    return new NatureReport(
        frame,
        alive[0],
        sources.values().stream().map(source -> source.report(frame)).toList(),
        hardware.values().stream().map(at -> at.qubits.report(frame)).toList());
  }

  /// The number that the next pair of a link will have.
  public long nextSequence(LinkId link) {
    return sourceOf(link).nextSequence();
  }

  /// Pairs it remembers.
  public int pairCount() {
    return pairs.size();
  }

  private NodeHardware hardwareOf(NodeId node) {
    NodeHardware at = hardware.get(node);
    if (at == null) {
      throw new IllegalArgumentException(
          "node (%s) must be one of network %s%s"
              .formatted(
                  node,
                  network.name(),
                  hint(node.value(), network.nodes().keySet(), NodeId::value)));
    }
    return at;
  }

  private LinkSource sourceOf(LinkId link) {
    LinkSource source = sources.get(link);
    if (source == null) {
      throw new IllegalArgumentException(
          "link (%s) must be one of network %s%s"
              .formatted(
                  link,
                  network.name(),
                  hint(link.value(), network.links().keySet(), LinkId::value)));
    }
    return source;
  }

  private static <T> String hint(String unknown, Collection<T> known, Function<T, String> name) {
    return NearestName.hint(unknown, known.stream().map(name).toList());
  }

  private void passFrame(Map<NodeId, List<Herald>> seen) {
    for (NodeHardware at : hardware.values()) {
      if (at.qubits.begin(frame)) {
        schedules.setWorkingQubits(at.qubits.node, at.qubits.workingQubits());
      }
    }
    Map<LinkId, List<Agreement>> byLink = new LinkedHashMap<>();
    for (Agreement agreement : schedules.activeIn(frame)) {
      byLink.computeIfAbsent(agreement.link().id(), id -> new ArrayList<>()).add(agreement);
    }
    for (LinkSource source : sources.values()) {
      List<Agreement> agreements = byLink.getOrDefault(source.link.id(), List.of());
      source.attempt(frame, agreements, birth -> herald(source.link, birth, seen));
    }
  }

  private void herald(Link link, LinkSource.Birth birth, Map<NodeId, List<Herald>> seen) {
    PairId id = new PairId.Elementary(link.id(), epoch, birth.sequence());
    LivePair pair = new LivePair(id, birth.roundEnd(), frame, birth.hidden());
    pair.join(
        hardwareOf(link.a()).qubits.newHalf(pair, birth.made(), birth.heralded()),
        hardwareOf(link.b()).qubits.newHalf(pair, birth.made(), birth.heralded()));
    pairs.add(pair);
    tell(seen, link.a(), link, birth, birth.agreement().request());
    tell(seen, link.b(), link, birth, birth.agreement().requestAtB());
  }

  private void tell(
      Map<NodeId, List<Herald>> seen,
      NodeId node,
      Link link,
      LinkSource.Birth birth,
      AttemptRequest request) {
    List<Herald> told = seen.get(node);
    if (told != null) {
      NetworkTime stamp = birth.heralded().plusPicos(hardwareOf(node).qubits.clockOffsetPicos());
      told.add(new Herald(link.id(), birth.sequence(), stamp, birth.announced(), request));
    }
  }
}
