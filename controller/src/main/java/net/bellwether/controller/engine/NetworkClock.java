package net.bellwether.controller.engine;

import java.util.HashMap;
import java.util.Map;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;

/// Network time as connected agents last told it, carried on by the controller's monotonic clock
/// between reports. The agent that is furthest counts: a frame is only chosen ahead of all of them.
final class NetworkClock {
  private static final long FRAME_MILLIS = 100;

  private final Map<NodeId, Long> offsetMillis = new HashMap<>();

  void told(NodeId node, NetworkTime time, long nowMillis) {
    long networkMillis = time.frame() * FRAME_MILLIS + time.picos() / 1_000_000_000;
    offsetMillis.merge(node, networkMillis - nowMillis, Math::max);
  }

  void forget(NodeId node) {
    offsetMillis.remove(node);
  }

  /// The present frame; 0 while no agent has told.
  long frame(long nowMillis) {
    return offsetMillis.values().stream()
        .mapToLong(offset -> (nowMillis + offset) / FRAME_MILLIS)
        .max()
        .orElse(0);
  }
}
