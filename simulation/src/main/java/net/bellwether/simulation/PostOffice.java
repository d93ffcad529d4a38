package net.bellwether.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.topology.id.NodeId;

/// Messages between agents under way. Those from one sender to one receiver keep their order; of
/// the others any may come first, as in a real network: when they arrive in network time is in
/// their stamps.
final class PostOffice {
  private final RandomGenerator order;
  private final Map<Route, ArrayDeque<PairMessage>> underWay = new LinkedHashMap<>();

  PostOffice(RandomGenerator order) {
    this.order = order;
  }

  private record Route(NodeId from, NodeId to) {}

  record Letter(NodeId from, NodeId to, PairMessage message) {}

  void send(NodeId from, NodeId to, PairMessage message) {
    underWay.computeIfAbsent(new Route(from, to), route -> new ArrayDeque<>()).add(message);
  }

  /// The first message of any one route.
  Optional<Letter> take() {
    List<Route> busy = new ArrayList<>();
    underWay.forEach((route, messages) -> {
      if (!messages.isEmpty()) {
        busy.add(route);
      }
    });
    if (busy.isEmpty()) {
      return Optional.empty();
    }
    Route route = busy.get(order.nextInt(busy.size()));
    PairMessage first = underWay.getOrDefault(route, new ArrayDeque<>()).remove();
    return Optional.of(new Letter(route.from, route.to, first));
  }
}
