package net.bellwether.simulation.fault.promise;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.bellwether.topology.id.NodeId;

/// No key, and no part of the material that keys are made from, leaves the key manager of one end
/// twice.
public final class AKeyIsDeliveredAtMostOncePerSide extends Promise {
  private record Side(NodeId node, UUID id) {}

  private record Part(NodeId node, int word) {}

  private final Set<Side> keys = new HashSet<>();
  private final Map<Part, UUID> parts = new HashMap<>();

  /// The manager at `node` gives the key out. Four aligned bytes of material are alike nowhere
  /// else.
  public void delivered(NodeId node, UUID id, byte[] key) {
    require(keys.add(new Side(node, id)), "key %s is delivered twice at node %s", id, node);
    ByteBuffer bytes = ByteBuffer.wrap(key);
    while (bytes.remaining() >= Integer.BYTES) {
      UUID before = parts.put(new Part(node, bytes.getInt()), id);
      require(
          before == null, "node %s delivers material of key %s again in key %s", node, before, id);
    }
  }
}
