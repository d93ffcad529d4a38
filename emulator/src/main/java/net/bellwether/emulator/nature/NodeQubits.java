package net.bellwether.emulator.nature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import net.bellwether.topology.Node;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.time.NetworkTime;

/// The qubits of one node: their condition, who is attached to them, and the halves that they hold.
final class NodeQubits {
  final NodeId node;
  private final Qubits communicationQubits;
  private final Qubits memoryQubits;
  private final Pairs pairs;
  private final Chance chance;

  private NodeCondition condition = NodeCondition.DECLARED;
  private NodeCondition nextCondition = NodeCondition.DECLARED;
  private long nextFrame;
  private Decay memory;

  /// Kept halves, the first deadline first.
  private final PriorityQueue<Half> kept = new PriorityQueue<>(Comparator.comparing(Half::lastUse));

  private long attachments;
  private boolean attached;
  private long heldCount;
  private long forgottenCount;

  NodeQubits(Node node, Pairs pairs, Chance chance) {
    this.node = node.id();
    this.communicationQubits = node.communicationQubits();
    this.memoryQubits = node.memoryQubits();
    this.memory = new Decay(memoryQubits, 1);
    this.pairs = pairs;
    this.chance = chance;
  }

  boolean isAttached() {
    return attached;
  }

  long attachments() {
    return attachments;
  }

  void attach() {
    attached = true;
    loseAll();
  }

  void detach() {
    attached = false;
    loseAll();
  }

  private void loseAll() {
    attachments++;
    heldCount = 0;
    kept.clear();
  }

  /// IllegalArgumentException where more qubits break than work.
  void befall(Happening.OfNode happening, long fromFrame) {
    begin(fromFrame - 1);
    int working = memoryQubits.count() - nextCondition.brokenMemoryCount();
    nextCondition = nextCondition.after(happening, memoryQubits.count());
    nextFrame = fromFrame;
    if (happening instanceof Happening.BreakMemories broken) {
      loseHeld((double) broken.count() / working);
    }
  }

  /// Any of the qubits that work may be one that holds a half.
  private void loseHeld(double share) {
    List<Half> lost = new ArrayList<>();
    pairs.forEach(pair -> {
      Half half = pair.halfAt(this);
      if (half != null && pair.holds(half) && chance.happens(share)) {
        lost.add(half);
      }
    });
    for (Half half : lost) {
      half.pair().index = chance.anyPauli();
      end(half, Half.State.BROKEN);
    }
  }

  /// Whether other conditions hold in `frame` than before.
  boolean begin(long frame) {
    if (frame < nextFrame || condition.equals(nextCondition)) {
      return false;
    }
    condition = nextCondition;
    memory = new Decay(memoryQubits, condition.coherenceFactor());
    return true;
  }

  /// How far the clock of the device is ahead of network time.
  long clockOffsetPicos() {
    return condition.clockOffsetPicos();
  }

  /// Qubits that a pair can be made with: it takes one of each kind.
  int workingQubits() {
    return condition.brokenMemoryCount() == 0
        ? communicationQubits.count()
        : Math.min(
            communicationQubits.count(), memoryQubits.count() - condition.brokenMemoryCount());
  }

  NatureReport.OfNode report(long frame) {
    return new NatureReport.OfNode(
        node,
        frame >= nextFrame ? nextCondition : condition,
        attached,
        heldCount,
        keptIn(frame),
        forgottenCount);
  }

  private long keptIn(long frame) {
    NetworkTime start = NetworkTime.startOfFrame(frame);
    return kept.stream().filter(half -> half.lastUse().compareTo(start) >= 0).count();
  }

  Half newHalf(LivePair pair, NetworkTime made, NetworkTime heralded) {
    heldCount++;
    return new Half(this, attachments, memory, pair, made, heralded);
  }

  /// Nobody can name `half` any more, and it was never released. A kept one was dropped at its
  /// deadline, as was said when it was kept.
  void forgot(Half half) {
    if (half.isKept()) {
      half.ended(Half.State.EXPIRED);
    } else {
      half.ended(Half.State.RELEASED);
      forgottenCount++;
    }
    freed(half);
  }

  void end(Half half, Half.State how) {
    half.ended(how);
    freed(half);
    pairs.drop(half);
  }

  private void freed(Half half) {
    heldCount--;
    if (half.isKept()) {
      kept.remove(half);
    }
  }

  /// Keeps this node's half of the pair beyond its round, until `deadline`. Its memory qubit is
  /// taken and given back in the order of commands, deadlines apart.
  void keep(PairId id, NetworkTime stamp, NetworkTime deadline) throws Refusal {
    Half half = free(id, stamp);
    if (half.isKept()) {
      throw new Refusal("The half of pair " + id + " is kept already.");
    }
    long holdPicos = deadline.picosSince(stamp);
    if (holdPicos < 1 || holdPicos > Rule.Keep.HOLD_PICOS_MAX) {
      throw new Refusal(
          "The deadline %s must be after the stamp %s, by at most a minute."
              .formatted(words(deadline), words(stamp)));
    }
    dropExpired(stamp);
    int working = memoryQubits.count() - condition.brokenMemoryCount();
    if (kept.size() >= working) {
      throw new Refusal(
          "All %d memory qubits of node %s hold halves that are kept.".formatted(working, node));
    }
    half.operatedAt(stamp);
    half.keepUntil(deadline);
    kept.add(half);
  }

  /// Commands of a node come in order, so none with a stamp before these deadlines can follow.
  private void dropExpired(NetworkTime now) {
    for (Half half = kept.peek();
        half != null && half.lastUse().compareTo(now) < 0;
        half = kept.peek()) {
      end(half, Half.State.EXPIRED);
    }
  }

  /// `half` was measured: the other half's outcome may depend on it.
  void measured(Half half, Direction along, boolean bit) {
    half.measured(along, bit);
    freed(half);
    pairs.drop(half);
  }

  Half own(PairId id) throws Refusal {
    LivePair pair = pairs.find(id);
    if (pair == null) {
      throw new Refusal(
          "Pair " + id + " is unknown or has expired, or both ends are done with it.");
    }
    Half half = pair.halfAt(this);
    if (half == null) {
      throw new Refusal("Node " + node + " holds no half of pair " + id + ".");
    }
    if (half.attachment != attachments) {
      throw new Refusal("Pair " + id + " was lost when node " + node + " detached.");
    }
    return half;
  }

  Half held(PairId id, NetworkTime stamp) throws Refusal {
    return usable(own(id), id, stamp);
  }

  private static Half usable(Half half, PairId id, NetworkTime stamp) throws Refusal {
    if (half.state() != Half.State.HELD) {
      throw new Refusal("The half of pair " + id + " is " + half.state().words + ".");
    }
    if (stamp.compareTo(half.notBefore()) < 0) {
      throw new Refusal(
          "The stamp %s is before %s, the herald of pair %s or the last operation on it."
              .formatted(words(stamp), words(half.notBefore()), id));
    }
    if (stamp.compareTo(half.lastUse()) > 0) {
      throw new Refusal(
          "The stamp %s is after the %s of pair %s, %s."
              .formatted(
                  words(stamp),
                  half.isKept() ? "deadline" : "end of the round",
                  id,
                  words(half.lastUse())));
    }
    return half;
  }

  /// Held, and in no purification: what one side's gate did to a pair is only known when the other
  /// side's is done.
  Half free(PairId id, NetworkTime stamp) throws Refusal {
    Half half = own(id);
    requireNotHalfPurified(half, id);
    return usable(half, id, stamp);
  }

  static void requireNotHalfPurified(Half half, PairId id) throws Refusal {
    if (half.pair().purification != null) {
      throw new Refusal("Pair " + id + " waits for the other side of its purification.");
    }
  }

  static String words(NetworkTime time) {
    return "(" + time.frame() + ", " + time.picos() + " ps)";
  }
}
