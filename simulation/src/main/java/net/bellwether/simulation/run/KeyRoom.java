package net.bellwether.simulation.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.bellwether.controller.engine.Telemetry;
import net.bellwether.controller.reconcile.Order;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;

/// The key managers of all nodes: one distillation for each session, told by the controller's
/// orders.
final class KeyRoom {
  private final RandomGenerator random;
  private final TreeMap<FlowId, SessionKeys> sessions = new TreeMap<>();

  KeyRoom(RandomGenerator random) {
    this.random = random;
  }

  void tell(NodeId node, Order.Keys order) {
    sessions.computeIfAbsent(order.session(), _ -> new SessionKeys(random)).tell(node, order);
  }

  Optional<SessionKeys> find(FlowId session) {
    return Optional.ofNullable(sessions.get(session));
  }

  /// What the key manager at `node` has of its sessions.
  List<Telemetry.SessionStock> stocks(NodeId node, NetworkTime at) {
    List<Telemetry.SessionStock> stocks = new ArrayList<>();
    sessions.forEach((session, keys) ->
        keys.findStock(node, at).ifPresent(stock -> stocks.add(stock.of(session))));
    return stocks;
  }
}
