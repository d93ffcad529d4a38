package net.bellwether.emulator.nature;

import java.util.List;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// What is in force when `frame` begins, and counts since the start. `livePairCount` counts pairs
/// of which a qubit is held by at least one end.
public record NatureReport(long frame, long livePairCount, List<OfLink> links, List<OfNode> nodes) {
  public NatureReport {
    links = List.copyOf(links);
    nodes = List.copyOf(nodes);
  }

  /// A link: its condition, with the weight of white noise in this frame.
  public record OfLink(
      LinkId link,
      LinkCondition condition,
      double whiteNoise,
      long attemptCount,
      long heraldCount) {}

  /// A node: its condition; qubits that hold a half of a pair and were not measured, swapped away
  /// or released; those of them that are kept beyond their round and have not passed their
  /// deadline; and of those of former rounds, how many were forgotten: four seconds after the end
  /// of their round, which no working node lets happen.
  public record OfNode(
      NodeId node,
      NodeCondition condition,
      boolean attached,
      long heldQubitCount,
      long keptQubitCount,
      long forgottenQubitCount) {}
}
