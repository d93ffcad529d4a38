package net.bellwether.simulation.fault.promise;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import net.bellwether.topology.id.NodeId;

/// Whoever fetches a key by its id at the other end gets the bits that were delivered at the first.
public final class BothEndsGetTheSameBits extends Promise {
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  private record First(NodeId node, byte[] key) {}

  private final Map<UUID, First> first = new HashMap<>();

  public void delivered(NodeId node, UUID id, byte[] key) {
    First before = first.putIfAbsent(id, new First(node, key.clone()));
    require(
        before == null || Arrays.equals(before.key, key),
        "key %s has other bits at node %s than at node %s",
        id,
        node,
        before == null ? node : before.node);
  }
}
