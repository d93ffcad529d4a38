package net.bellwether.emulator.nature;

import net.bellwether.topology.Node;
import net.bellwether.topology.Operations;
import net.bellwether.topology.pair.Basis;
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

  Outcome execute(Command command, long frameNow) {
    try {
      if (command.stamp().frame() + Pairs.MEMORY_FRAMES < frameNow) {
        throw new Refusal(
            "The stamp " + NodeQubits.words(command.stamp()) + " is more than 4 s old.");
      }
      return switch (command) {
        case Command.Swap swap -> swap(swap, frameNow);
        case Command.Purify purify -> purify(purify);
        case Command.Measure measure -> measure(measure);
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

  /// Where both far halves were measured already, in the same basis, the Bell-state measurement can
  /// only find what agrees with their outcomes.
  private static Pauli consistent(Pauli found, Pauli joint, Half farLeft, Half farRight) {
    if (!farLeft.isMeasured() || !farRight.isMeasured() || farLeft.basis() != farRight.basis()) {
      return found;
    }
    Basis basis = farLeft.basis();
    boolean differ = farLeft.bit() ^ farRight.bit();
    if (joint.times(found).flips(basis) == differ) {
      return found;
    }
    return found.times(basis == Basis.X ? Pauli.Z : Pauli.X);
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

  private Outcome measure(Command.Measure measure) throws Refusal {
    Half half = qubits.free(measure.pair(), measure.stamp());
    half.operatedAt(measure.stamp());
    Half other = half.pair().otherThan(half);
    boolean bit;
    if (other.isMeasured() && other.basis() == measure.basis()) {
      Decay.settle(half.pair(), chance);
      bit = other.bit() ^ half.pair().index.flips(measure.basis());
    } else {
      bit = chance.bit();
    }
    qubits.measured(half, measure.basis(), bit);
    return new Outcome.Measured(measure.tag(), bit ^ misread());
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
