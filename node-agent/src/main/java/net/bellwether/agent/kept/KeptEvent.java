package net.bellwether.agent.kept;

import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.time.NetworkTime;

/// What becomes of a kept half, in order: it is handed over, and then either measured or ended.
public sealed interface KeptEvent {
  PairId pair();

  /// Both ends keep their halves; the application may do what it likes.
  record Handed(KeptHalf half) implements KeptEvent {
    @Override
    public PairId pair() {
      return half.pair();
    }
  }

  /// The half was measured. The Pauli frame was applied, by one of the two ends.
  record Measured(PairId pair, boolean outcome, NetworkTime at) implements KeptEvent {}

  /// The half is not held any more; also the answer where something is asked of one that is not
  /// held.
  record Ended(PairId pair, Reason reason) implements KeptEvent {}

  /// Why a half is not held any more.
  enum Reason {
    DEADLINE("its deadline has passed"),
    RELEASED("it was released"),
    PEER_RELEASED("the other end holds its half no more"),
    LOST("the device has lost it"),
    NOT_HELD("it is not held here");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }
}
