package net.bellwether.controller.engine;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;

/// Network time as connected agents last told it, carried on by the controller's monotonic clock
/// between reports. The median agent counts, of two the earlier: a frame that is chosen by one far
/// ahead would never come for the others, while one that has passed for some costs pairs of a few
/// frames. Of an agent's last reports, the one that took least time to come counts.
final class NetworkClock {
  private static final long FRAME_MILLIS = 100;

  /// Agents report twice a second, so a clock that goes back is followed within four.
  static final int REPORTS = 8;

  private final Map<NodeId, Deque<Long>> offsetMillis = new HashMap<>();

  void told(NodeId node, NetworkTime time, long nowMillis) {
    long networkMillis =
        Math.min(time.frame(), Long.MAX_VALUE / 2 / FRAME_MILLIS) * FRAME_MILLIS
            + time.picos() / 1_000_000_000;
    Deque<Long> reports = offsetMillis.computeIfAbsent(node, _ -> new ArrayDeque<>());
    reports.addLast(networkMillis - nowMillis);
    if (reports.size() > REPORTS) {
      reports.removeFirst();
    }
  }

  void forget(NodeId node) {
    offsetMillis.remove(node);
  }

  /// The present frame by all agents but those of `outOfBound`, unless there are no others; 0 while
  /// no agent has told.
  long frame(long nowMillis, Set<NodeId> outOfBound) {
    List<Long> believed =
        offsetMillis.entrySet().stream()
            .filter(agent -> !outOfBound.contains(agent.getKey()))
            .map(agent -> Collections.max(agent.getValue()))
            .sorted()
            .toList();
    if (believed.isEmpty()) {
      return outOfBound.isEmpty() ? 0 : frame(nowMillis, Set.of());
    }
    long median = believed.get((believed.size() - 1) / 2);
    return Math.max(0, (nowMillis + median) / FRAME_MILLIS);
  }
}
