package net.bellwether.simulation.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.topology.id.NodeId;

/// Messages between agents under way. Those from one sender to one receiver keep their order and
/// come as one batch; of the others any may come first, as in a real network: when they arrive in
/// network time is in their stamps.
final class PostOffice {
  private final RandomGenerator order;
  private final Map<Route, List<PairMessage>> underWay = new HashMap<>();
  private final List<Route> busy = new ArrayList<>();
  private final Set<Route> lost = new HashSet<>();
  private long messageCount;

  PostOffice(RandomGenerator order) {
    this.order = order;
  }

  /// Looked up, never walked through.
  private record Route(NodeId from, NodeId to) {}

  record Bag(NodeId from, NodeId to, List<PairMessage> messages) {}

  /// From now on what `from` sends to `to` is lost, and what is under way.
  void lose(NodeId from, NodeId to) {
    Route route = new Route(from, to);
    lost.add(route);
    if (underWay.remove(route) != null) {
      busy.remove(route);
    }
  }

  /// From now on nothing is lost any more.
  void carry(NodeId from, NodeId to) {
    lost.remove(new Route(from, to));
  }

  void send(NodeId from, NodeId to, PairMessage message) {
    Route route = new Route(from, to);
    if (lost.contains(route)) {
      return;
    }
    List<PairMessage> waiting = underWay.computeIfAbsent(route, _ -> new ArrayList<>());
    if (waiting.isEmpty()) {
      busy.add(route);
    }
    waiting.add(message);
    messageCount++;
  }

  /// All messages of any one route.
  Optional<Bag> take() {
    if (busy.isEmpty()) {
      return Optional.empty();
    }
    Route route = busy.remove(order.nextInt(busy.size()));
    List<PairMessage> messages = Objects.requireNonNull(underWay.remove(route));
    return Optional.of(new Bag(route.from, route.to, messages));
  }

  /// Messages sent so far.
  long messageCount() {
    return messageCount;
  }
}
