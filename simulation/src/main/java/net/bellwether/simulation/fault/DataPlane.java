package net.bellwether.simulation.fault;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.simulation.fault.promise.PairsAreMadeWithoutAController;
import net.bellwether.simulation.fault.world.World;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;

/// Counts finished pairs, and watches sessions whose nodes and links are left alone.
final class DataPlane {
  /// After a disturbance: rounds under way end, and streams come back.
  private static final long CALM_MICROS = 4 * World.SECOND;

  private static final long WINDOW_MIN_MICROS = 2 * World.SECOND;
  private static final long WINDOW_MAX_MICROS = 12 * World.SECOND;

  /// With as many to be expected, none comes by chance once in 1e13 windows.
  private static final double PAIRS_EXPECTED = 30;

  private final World world;
  private final PairsAreMadeWithoutAController promise;
  private final Map<At, Long> delivered = new HashMap<>();
  private final Map<At, Long> takenForBlocks = new HashMap<>();
  private final Map<NodeId, Long> disturbedUntil = new HashMap<>();
  private final SequencedMap<FlowId, Window> windows = new LinkedHashMap<>();

  private record At(FlowId flow, NodeId node) {}

  /// A route as it is run at the moment.
  record Route(
      FlowId session, long generation, Iterable<NodeId> nodes, NodeId end, double pairsPerSecond) {
    long windowMicros() {
      return Math.max(WINDOW_MIN_MICROS, (long) (PAIRS_EXPECTED / pairsPerSecond * World.SECOND));
    }
  }

  private record Window(Route route, long fromMicros, long pairsBefore) {}

  DataPlane(World world, PairsAreMadeWithoutAController promise) {
    this.world = world;
    this.promise = promise;
  }

  void delivered(NodeId node, DeliveredPair pair) {
    delivered.merge(new At(pair.flow(), node), 1L, Long::sum);
  }

  /// Takes pairs that both ends have finished for a block of key, if there are enough.
  boolean take(FlowId session, NodeId one, NodeId other, long pairs) {
    for (NodeId node : new NodeId[] {one, other}) {
      At at = new At(session, node);
      if (delivered.getOrDefault(at, 0L) - takenForBlocks.getOrDefault(at, 0L) < pairs) {
        return false;
      }
    }
    for (NodeId node : new NodeId[] {one, other}) {
      takenForBlocks.merge(new At(session, node), pairs, Long::sum);
    }
    return true;
  }

  /// Something befalls the node until `micros` from now.
  void disturb(NodeId node, long micros) {
    disturbedUntil.merge(node, world.nowMicros() + micros, Math::max);
  }

  /// An agent is ordered to change the session's rules.
  void change(FlowId session) {
    windows.remove(session);
  }

  /// To be called now and then: whoever was left alone has delivered.
  void look() {
    for (Window window : List.copyOf(windows.values())) {
      Route route = window.route;
      long elapsed = world.nowMicros() - window.fromMicros;
      if (window.fromMicros < calmSince(route)) {
        windows.remove(route.session());
      } else if (elapsed >= route.windowMicros()) {
        long pairs = pairs(route);
        promise.watched(route.session(), elapsed / 1e6, pairs - window.pairsBefore);
        windows.put(route.session(), new Window(route, world.nowMicros(), pairs));
      }
    }
  }

  private long pairs(Route route) {
    return delivered.getOrDefault(new At(route.session(), route.end()), 0L);
  }

  private long calmSince(Route route) {
    long since = 0;
    for (NodeId node : route.nodes()) {
      since = Math.max(since, disturbedUntil.getOrDefault(node, 0L) + CALM_MICROS);
    }
    return since;
  }

  /// Watches a route that is run at all its nodes, from now on until it is disturbed or changed.
  void watch(Route route) {
    if (!windows.containsKey(route.session())
        && route.windowMicros() <= WINDOW_MAX_MICROS
        && world.nowMicros() >= calmSince(route)) {
      windows.put(route.session(), new Window(route, world.nowMicros(), pairs(route)));
    }
  }
}
