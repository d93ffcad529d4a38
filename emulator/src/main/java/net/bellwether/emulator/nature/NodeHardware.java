package net.bellwether.emulator.nature;

import java.util.Comparator;
import java.util.PriorityQueue;
import net.bellwether.topology.Node;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// Carries out the commands of one node on the qubits it holds, with the noise of its operations.
final class NodeHardware {
  final NodeId node;
  private final Qubits communicationQubits;
  private final Qubits memoryQubits;
  private final Operations operations;
  private final Pairs pairs;
  private final Chance chance;

  private NodeCondition condition = NodeCondition.DECLARED;
  private NodeCondition nextCondition = NodeCondition.DECLARED;
  private long nextFrame;
  private Decay memory;
  /// Kept halves, the first deadline first.
  private final PriorityQueue<Half> kept =
      new PriorityQueue<>(Comparator.comparing(Half::lastUse));

  private long attachments;
  private boolean attached;
  private long heldCount;
  private long forgottenCount;

  NodeHardware(Node node, Pairs pairs, Chance chance) {
    this.node = node.id();
    this.communicationQubits = node.communicationQubits();
    this.memoryQubits = node.memoryQubits();
    this.operations = node.operations();
    this.memory = new Decay(memoryQubits, 1);
    this.pairs = pairs;
    this.chance = chance;
  }

  /// A sentence that says why a command was not carried out.
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    Refusal(String sentence) {
      super(sentence, null, false, false);
    }
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
    pairs.forEach(pair -> {
      Half half = pair.halfAt(this);
      if (half != null && pair.holds(half) && chance.happens(share)) {
        end(half, Half.State.BROKEN);
        pair.index = chance.anyPauli();
      }
    });
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
      end(half, Half.State.EXPIRED);
    } else {
      end(half, Half.State.RELEASED);
      forgottenCount++;
    }
  }

  private void end(Half half, Half.State how) {
    half.ended(how);
    freed(half);
  }

  private void freed(Half half) {
    heldCount--;
    if (half.isKept()) {
      kept.remove(half);
    }
  }

  /// Drops what has passed its deadline by `now`: its memory qubits are free from then on. Commands
  /// of a node come in order, so none with an earlier stamp can follow.
  private void dropExpired(NetworkTime now) {
    for (Half half = kept.peek();
        half != null && half.lastUse().compareTo(now) < 0;
        half = kept.peek()) {
      end(half, Half.State.EXPIRED);
    }
  }

  Outcome execute(Command command, long frameNow) {
    try {
      if (command.stamp().frame() + Pairs.MEMORY_FRAMES < frameNow) {
        throw new Refusal("The stamp " + words(command.stamp()) + " is more than 4 s old.");
      }
      return switch (command) {
        case Command.Swap swap -> swap(swap, frameNow);
        case Command.Purify purify -> purify(purify);
        case Command.Measure measure ->
            measure(
                measure.tag(), measure.stamp(), measure.pair(), Direction.of(measure.basis()));
        case Command.MeasureAlong along ->
            measure(along.tag(), along.stamp(), along.pair(), along.direction());
        case Command.Keep keep -> keep(keep);
        case Command.Release release -> release(release);
      };
    } catch (Refusal refusal) {
      return new Outcome.Refused(command.tag(), String.valueOf(refusal.getMessage()));
    }
  }

  private Outcome swap(Command.Swap swap, long frameNow) throws Refusal {
    if (!swap.result().node().equals(node) || pairs.find(swap.result()) != null) {
      throw new Refusal(
          "The result " + swap.result() + " must be a new name of node " + node + ".");
    }
    Half left = usable(swap.left(), swap.stamp());
    Half right = usable(swap.right(), swap.stamp());
    Half farLeft = left.pair().otherThan(left);
    Half farRight = right.pair().otherThan(right);
    if (farLeft.holder == farRight.holder || farLeft.holder == this) {
      throw new Refusal(
          "The pairs " + swap.left() + " and " + swap.right() + " must lead to two other nodes.");
    }
    left.operatedAt(swap.stamp());
    right.operatedAt(swap.stamp());
    Decay.settle(left.pair(), chance);
    Decay.settle(right.pair(), chance);
    end(left, Half.State.SWAPPED);
    end(right, Half.State.SWAPPED);

    boolean succeeded = chance.happens(operations.swapSuccessProbability());
    boolean depolarised = !chance.happens(operations.gateFidelity());
    Pauli joint = left.pair().index.times(right.pair().index);
    Pauli found = chance.anyPauli();
    if (succeeded && !depolarised) {
      found = consistent(found, joint, farLeft, farRight);
    }
    LivePair result =
        new LivePair(
            swap.result(),
            earlier(left.pair().roundEnd, right.pair().roundEnd),
            succeeded && !depolarised ? joint.times(found) : chance.anyPauli());
    result.join(farLeft, farRight);
    farLeft.moveTo(result);
    farRight.moveTo(result);
    pairs.add(result, frameNow);
    return new Outcome.Swapped(
        swap.tag(), succeeded, succeeded ? found.times(misreadPauli()) : Pauli.I);
  }

  private static NetworkTime earlier(NetworkTime one, NetworkTime other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /// Where both far halves were measured already, the Bell-state measurement finds what their
  /// outcomes leave.
  private Pauli consistent(Pauli found, Pauli joint, Half farLeft, Half farRight) {
    if (!farLeft.isMeasured() || !farRight.isMeasured()) {
      return found;
    }
    // Results are as probable as they make the outcomes; drawn by rejection, in two tries on average.
    Pauli drawn = found;
    while (!chance.happens(probability(farLeft, farRight, joint.times(drawn)))) {
      drawn = chance.anyPauli();
    }
    return drawn;
  }

  /// Probability of the second outcome, given the first, on a pair in the Bell state `index`.
  private static double probability(Half one, Half other, Pauli index) {
    double correlation = one.direction().correlation(other.direction(), index);
    return (1 + (one.bit() == other.bit() ? correlation : -correlation)) / 2;
  }

  private Pauli misreadPauli() {
    return Pauli.of(misread(), misread());
  }

  private boolean misread() {
    return chance.happens(operations.readoutErrorProbability());
  }

  private Outcome purify(Command.Purify purify) throws Refusal {
    HalfDonePurification begun = begunByOther(purify);
    if (begun == null) {
      requireNotHalfPurified(purify.kept());
      requireNotHalfPurified(purify.sacrificed());
    }
    Half kept = held(purify.kept(), purify.stamp());
    Half sacrificed = held(purify.sacrificed(), purify.stamp());
    LivePair keptPair = kept.pair();
    LivePair sacrificedPair = sacrificed.pair();
    if (keptPair == sacrificedPair
        || keptPair.otherThan(kept).holder != sacrificedPair.otherThan(sacrificed).holder) {
      throw new Refusal(
          "The pairs "
              + purify.kept()
              + " and "
              + purify.sacrificed()
              + " must be two between the same nodes.");
    }
    kept.operatedAt(purify.stamp());
    sacrificed.operatedAt(purify.stamp());
    end(sacrificed, Half.State.SACRIFICED);
    boolean depolarised = !chance.happens(operations.gateFidelity());
    boolean bit;
    if (begun == null) {
      bit = chance.bit();
      HalfDonePurification half =
          new HalfDonePurification(
              keptPair, sacrificedPair, purify.protocol(), this, bit, depolarised);
      keptPair.purification = half;
      sacrificedPair.purification = half;
    } else {
      bit = begun.bit() ^ complete(begun, depolarised);
    }
    return new Outcome.Purified(purify.tag(), bit ^ misread());
  }

  /// Bilateral CNOT from kept to sacrificed: phase flips of the sacrificed pair reach the kept one,
  /// bit flips of both show as the parity that is returned.
  private boolean complete(HalfDonePurification begun, boolean depolarised) {
    LivePair kept = begun.kept();
    Decay.settle(kept, chance);
    Decay.settle(begun.sacrificed(), chance);
    kept.purification = null;
    begun.sacrificed().purification = null;
    if (depolarised || begun.depolarised()) {
      kept.index = chance.anyPauli();
      return chance.bit();
    }
    Pauli first = prepared(kept.index, begun.protocol());
    Pauli second = prepared(begun.sacrificed().index, begun.protocol());
    kept.index = Pauli.of(first.x(), first.z() ^ second.z());
    return first.x() ^ second.x();
  }

  /// DEJMPS rotates both pairs first, which exchanges Y and Z.
  private static Pauli prepared(Pauli index, PurificationProtocol protocol) {
    return switch (protocol) {
      case BBPSSW -> index;
      case DEJMPS -> Pauli.of(index.x() ^ index.z(), index.z());
    };
  }

  private @Nullable HalfDonePurification begunByOther(Command.Purify purify) throws Refusal {
    LivePair kept = own(purify.kept()).pair();
    LivePair sacrificed = own(purify.sacrificed()).pair();
    HalfDonePurification begun = kept.purification;
    if (begun == null || begun.firstSide() == this) {
      return null;
    }
    if (begun.kept() != kept
        || begun.sacrificed() != sacrificed
        || begun.protocol() != purify.protocol()) {
      throw new Refusal(
          "The other end purifies pair %s with %s by %s."
              .formatted(begun.kept().id, begun.sacrificed().id, begun.protocol()));
    }
    return begun;
  }

  private Outcome measure(long tag, NetworkTime stamp, PairId id, Direction along)
      throws Refusal {
    Half half = usable(id, stamp);
    half.operatedAt(stamp);
    Half other = half.pair().otherThan(half);
    boolean bit;
    if (other.isMeasured()) {
      Decay.settle(half.pair(), chance);
      double correlation = along.correlation(other.direction(), half.pair().index);
      bit = other.bit() ^ differs(correlation);
    } else {
      bit = chance.bit();
    }
    half.measured(along, bit);
    freed(half);
    return new Outcome.Measured(tag, bit ^ misread());
  }

  private boolean differs(double correlation) {
    // Equal or opposite directions leave nothing to chance.
    return correlation < 1 && (correlation <= -1 || chance.happens((1 - correlation) / 2));
  }

  private Outcome keep(Command.Keep keep) throws Refusal {
    Half half = usable(keep.pair(), keep.stamp());
    if (half.isKept()) {
      throw new Refusal("The half of pair " + keep.pair() + " is kept already.");
    }
    long holdPicos = keep.deadline().picosSince(keep.stamp());
    if (holdPicos < 1 || holdPicos > Rule.Keep.HOLD_PICOS_MAX) {
      throw new Refusal(
          "The deadline %s must be after the stamp %s, by at most a minute."
              .formatted(words(keep.deadline()), words(keep.stamp())));
    }
    dropExpired(keep.stamp());
    int working = memoryQubits.count() - condition.brokenMemoryCount();
    if (kept.size() >= working) {
      throw new Refusal(
          "All %d memory qubits of node %s hold halves that are kept.".formatted(working, node));
    }
    half.operatedAt(keep.stamp());
    half.keepUntil(keep.deadline());
    kept.add(half);
    return new Outcome.Kept(keep.tag());
  }

  /// Allowed after the round's end too: that is when what is left of it is dropped.
  private Outcome release(Command.Release release) throws Refusal {
    Half half = own(release.pair());
    if (half.state() != Half.State.HELD) {
      throw new Refusal("The half of pair " + release.pair() + " is " + half.state().words + ".");
    }
    end(half, Half.State.RELEASED);
    return new Outcome.Released(release.tag());
  }

  private Half own(PairId id) throws Refusal {
    LivePair pair = pairs.find(id);
    if (pair == null) {
      throw new Refusal("Pair " + id + " is unknown or has expired.");
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

  private Half held(PairId id, NetworkTime stamp) throws Refusal {
    Half half = own(id);
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

  private Half usable(PairId id, NetworkTime stamp) throws Refusal {
    requireNotHalfPurified(id);
    return held(id, stamp);
  }

  /// What one side's gate did to a pair is only known when the other side's is done.
  private void requireNotHalfPurified(PairId id) throws Refusal {
    if (own(id).pair().purification != null) {
      throw new Refusal("Pair " + id + " waits for the other side of its purification.");
    }
  }

  private static String words(NetworkTime time) {
    return "(" + time.frame() + ", " + time.picos() + " ps)";
  }
}
