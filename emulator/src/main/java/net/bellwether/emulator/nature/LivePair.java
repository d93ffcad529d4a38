package net.bellwether.emulator.nature;

import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// A pair that exists: its two halves and the hidden Bell state it is really in (decision 0005).
final class LivePair {
  final PairId id;
  final NetworkTime roundEnd;
  long addedInFrame;
  Pauli index;

  /// Purification that one side has done and the other has not.
  @Nullable HalfDonePurification purification;

  private @Nullable Half one;
  private @Nullable Half two;

  /// Pairs that a swap made this one of: the halves' former ones.
  private @Nullable LivePair formerOne;

  private @Nullable LivePair formerTwo;

  LivePair(PairId id, NetworkTime roundEnd, long addedInFrame, Pauli index) {
    this.id = id;
    this.roundEnd = roundEnd;
    this.addedInFrame = addedInFrame;
    this.index = index;
  }

  void join(Half left, Half right) {
    one = left;
    two = right;
  }

  /// Joins halves of other pairs, which belong to this one from now on.
  void take(Half left, Half right) {
    formerOne = left.pair();
    formerTwo = right.pair();
    join(left, right);
    left.moveTo(this);
    right.moveTo(this);
  }

  /// The pair that `half` belonged to before this one, if any.
  @Nullable LivePair formerOf(Half half) {
    return half == one ? formerOne : formerTwo;
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

  @Nullable Half halfAt(NodeQubits holder) {
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

  /// Whether one of the halves that belong to it now is kept beyond the end of its round.
  boolean isKept() {
    return (holds(one()) && one().isKept()) || (holds(two()) && two().isKept());
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
