package net.bellwether.topology;

import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// A pair of QKD boxes between two trusted nodes, which yields key but no entanglement.
public record QkdModule(
    LinkId id, NodeId a, NodeId b, double lengthKm, double secretKeyBitsPerSecond) {
  public QkdModule {
    Require.positive("lengthKm", lengthKm);
    Require.positive("secretKeyBitsPerSecond", secretKeyBitsPerSecond);
  }
}
