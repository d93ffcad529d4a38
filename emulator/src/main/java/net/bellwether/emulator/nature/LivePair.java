package net.bellwether.emulator.nature;

import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// A pair that exists: its two halves and the hidden Bell state it is really in (decision 0005).
final class LivePair {
  final PairId id;
  final NetworkTime roundEnd;
  Pauli index;

  /// Purification that one side has done and the other has not.
  @Nullable HalfDonePurification purification;

  private @Nullable Half one;
  private @Nullable Half two;

  LivePair(PairId id, NetworkTime roundEnd, Pauli index) {
    this.id = id;
    this.roundEnd = roundEnd;
    this.index = index;
  }

  void join(Half left, Half right) {
    one = left;
    two = right;
  }

  Half one() {
    return joined(one);
  }

  Half two() {
    return joined(two);
  }

  private Half joined(@Nullable Half half) {
    if (half == null) {
      throw new IllegalStateException("pair " + id + " has no halves yet");
    }
    return half;
  }

  @Nullable Half halfAt(NodeHardware holder) {
    if (one().holder == holder) {
      return one;
    }
    return two().holder == holder ? two : null;
  }

  /// The half that is not `half`.
  Half otherThan(Half half) {
    return half == one ? two() : one();
  }

  /// Last instant at which something may be done to one of its halves.
  NetworkTime lastUse() {
    return NetworkTime.later(one().lastUse(), two().lastUse());
  }

  /// Whether one of the halves that belong to it now is held.
  boolean isAlive() {
    return holds(one()) || holds(two());
  }

  /// Whether `half` belongs to this pair still, and is held.
  boolean holds(Half half) {
    return half.pair() == this && half.isHeld();
  }
}
