package net.bellwether.controller.engine;

import net.bellwether.controller.reconcile.Order;

/// One stream to one agent, as the engine sees it. Thread-safe and never blocking.
public interface AgentLine {
  /// Sends an order under the leader's term; an agent that cannot keep up loses its stream.
  void send(long term, Order order);

  /// Ends the stream because `reason`.
  void close(String reason);
}
