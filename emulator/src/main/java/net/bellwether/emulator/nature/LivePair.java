package net.bellwether.emulator.nature;

import net.bellwether.topology.id.NodeId;
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

  @Nullable Half halfAt(NodeId node) {
    if (one != null && one.node.equals(node)) {
      return one;
    }
    return two != null && two.node.equals(node) ? two : null;
  }

  /// The half that is not `half`.
  Half otherThan(Half half) {
    Half other = half == one ? two : one;
    if (other == null) {
      throw new IllegalStateException("pair " + id + " has no halves yet");
    }
    return other;
  }

  void apply(Pauli pauli) {
    index = index.times(pauli);
  }
}
