package net.bellwether.emulator.nature;

import net.bellwether.topology.Node;
import net.bellwether.topology.Operations;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// Carries out the commands of one node on the qubits it holds, with the noise of its operations.
final class NodeHardware {
  final NodeQubits qubits;
  private final Operations operations;
  private final Pairs pairs;
  private final Chance chance;

  NodeHardware(Node node, Pairs pairs, Chance chance) {
    this.qubits = new NodeQubits(node, pairs, chance);
    this.operations = node.operations();
    this.pairs = pairs;
    this.chance = chance;
  }

  /// Carries out a command that was stamped by the clock of this node's device.
  Outcome execute(Command stamped, long frameNow) {
    Command command = stamped.shifted(-qubits.clockOffsetPicos());
    try {
      if (command.stamp().frame() + Pairs.MEMORY_FRAMES < frameNow) {
        throw new Refusal(
            "The stamp " + NodeQubits.words(command.stamp()) + " is more than 4 s old.");
      }
      return switch (command) {
        case Command.Swap swap -> swap(swap, frameNow);
        case Command.Purify purify -> purify(purify);
        case Command.Measure measure ->
            measure(measure.tag(), measure.stamp(), measure.pair(), Direction.of(measure.basis()));
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
    if (!swap.result().node().equals(qubits.node) || pairs.find(swap.result()) != null) {
      throw new Refusal(
          "The result " + swap.result() + " must be a new name of node " + qubits.node + ".");
    }
    Half left = qubits.free(swap.left(), swap.stamp());
    Half right = qubits.free(swap.right(), swap.stamp());
    Half farLeft = left.pair().otherThan(left);
    Half farRight = right.pair().otherThan(right);
    if (farLeft.holder == farRight.holder || farLeft.holder == qubits) {
      throw new Refusal(
          "The pairs " + swap.left() + " and " + swap.right() + " must lead to two other nodes.");
    }
    left.operatedAt(swap.stamp());
    right.operatedAt(swap.stamp());
    Decay.settle(left.pair(), chance);
    Decay.settle(right.pair(), chance);
    qubits.end(left, Half.State.SWAPPED);
    qubits.end(right, Half.State.SWAPPED);

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
            frameNow,
            succeeded && !depolarised ? joint.times(found) : chance.anyPauli());
    result.take(farLeft, farRight);
    if (result.isAlive()) {
      pairs.add(result);
    }
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
    // Results are as probable as they make the outcomes; drawn by rejection, in two tries on
    // average.
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
      NodeQubits.requireNotHalfPurified(qubits.own(purify.kept()), purify.kept());
      NodeQubits.requireNotHalfPurified(qubits.own(purify.sacrificed()), purify.sacrificed());
    }
    Half kept = qubits.held(purify.kept(), purify.stamp());
    Half sacrificed = qubits.held(purify.sacrificed(), purify.stamp());
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
    qubits.end(sacrificed, Half.State.SACRIFICED);
    boolean depolarised = !chance.happens(operations.gateFidelity());
    boolean bit;
    if (begun == null) {
      bit = chance.bit();
      HalfDonePurification half =
          new HalfDonePurification(
              keptPair, sacrificedPair, purify.protocol(), qubits, bit, depolarised);
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
    LivePair kept = qubits.own(purify.kept()).pair();
    LivePair sacrificed = qubits.own(purify.sacrificed()).pair();
    HalfDonePurification begun = kept.purification;
    if (begun == null || begun.firstSide() == qubits) {
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

  private Outcome measure(long tag, NetworkTime stamp, PairId id, Direction along) throws Refusal {
    Half half = qubits.free(id, stamp);
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
    qubits.measured(half, along, bit);
    return new Outcome.Measured(tag, bit ^ misread());
  }

  /// Whether outcomes differ whose product has this expectation.
  private boolean differs(double correlation) {
    // Equal or opposite directions leave nothing to chance.
    return correlation < 1 && (correlation <= -1 || chance.happens((1 - correlation) / 2));
  }

  private Outcome keep(Command.Keep keep) throws Refusal {
    qubits.keep(keep.pair(), keep.stamp(), keep.deadline());
    return new Outcome.Kept(keep.tag());
  }

  /// Allowed after the round's end too: that is when what is left of it is dropped.
  private Outcome release(Command.Release release) throws Refusal {
    Half half = qubits.own(release.pair());
    if (half.state() != Half.State.HELD) {
      throw new Refusal("The half of pair " + release.pair() + " is " + half.state().words + ".");
    }
    qubits.end(half, Half.State.RELEASED);
    return new Outcome.Released(release.tag());
  }
}
