package net.bellwether.agent.engine;

import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// One pair that has an end at this node, from its herald to its delivery or discard. A swap at its
/// far end renames it; a measurement that is still under way stays with it.
final class HeldPair {
  PairId id;
  NodeId otherEnd;
  Pauli frame;
  int stage;
  NetworkTime entry;

  /// A local operation has been commanded on it, or its peer has been asked.
  boolean busy;

  /// The device still keeps its qubit for us.
  boolean qubitHeld = true;

  /// It is in memory and stays there beyond its round; the peer has said so of its half; the peer
  /// has said that it has none.
  boolean kept;

  boolean peerKeeps;
  boolean peerGone;

  boolean gone;
  @Nullable Basis basis;
  boolean tomography;
  boolean outcomeKnown;
  boolean outcome;

  HeldPair(PairId id, NodeId otherEnd, Pauli frame, int stage, NetworkTime entry) {
    this.id = id;
    this.otherEnd = otherEnd;
    this.frame = frame;
    this.stage = stage;
    this.entry = entry;
  }
}
