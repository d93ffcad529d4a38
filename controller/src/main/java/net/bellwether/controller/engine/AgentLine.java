package net.bellwether.controller.engine;

import net.bellwether.controller.reconcile.Order;

/// One stream to one agent, as the engine sees it. Thread-safe and never blocking.
public interface AgentLine {
  /// Sends an order under the leader's term; false where the stream has ended or the agent is too
  /// far behind.
  boolean send(long term, Order order);

  /// Ends the stream because `reason`. Tells the engine nothing: the engine knows.
  void close(String reason);
}
