package net.bellwether.emulator.nature;

import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.time.NetworkTime;

/// One node's qubit of a pair. A swap elsewhere moves it into another pair; it stays the same
/// qubit, so a node that does not know of the swap yet still finds it under the old name.
final class Half {
  final NodeId node;

  /// Which attachment of the node holds it; a later one has lost it.
  final long attachment;

  private LivePair pair;
  private NetworkTime agedUntil;
  private NetworkTime notBefore;
  private State state = State.HELD;
  private Basis basis = Basis.Z;
  private boolean bit;

  Half(NodeId node, long attachment, LivePair pair, NetworkTime existsFrom, NetworkTime notBefore) {
    this.node = node;
    this.attachment = attachment;
    this.pair = pair;
    this.agedUntil = existsFrom;
    this.notBefore = notBefore;
  }

  enum State {
    HELD("held"),
    MEASURED("already measured"),
    SWAPPED("already used in a swap"),
    SACRIFICED("already used in a purification"),
    RELEASED("already released");

    final String words;

    State(String words) {
      this.words = words;
    }
  }

  /// The pair it belongs to now.
  LivePair pair() {
    return pair;
  }

  NetworkTime agedUntil() {
    return agedUntil;
  }

  NetworkTime notBefore() {
    return notBefore;
  }

  State state() {
    return state;
  }

  boolean isMeasured() {
    return state == State.MEASURED;
  }

  /// Basis it was measured in.
  Basis basis() {
    return basis;
  }

  /// What it was measured as, before the readout's own error.
  boolean bit() {
    return bit;
  }

  void operatedAt(NetworkTime stamp) {
    agedUntil = stamp;
    notBefore = stamp;
  }

  void moveTo(LivePair other) {
    pair = other;
  }

  void measured(Basis inBasis, boolean asBit) {
    state = State.MEASURED;
    basis = inBasis;
    bit = asBit;
  }

  void ended(State how) {
    state = how;
  }
}
