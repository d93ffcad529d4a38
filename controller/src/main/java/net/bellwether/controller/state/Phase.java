package net.bellwether.controller.state;

/// Where a session stands; docs/sessions.md has the transitions.
public enum Phase {
  /// Stored; its rules are not yet active at every node.
  PENDING,
  /// Rules are active at every node of its plan.
  ACTIVE,
  /// The network cannot keep the promise at present.
  DEGRADED,
  /// Being removed from the nodes.
  CLOSING,
  /// Gone from the nodes.
  CLOSED;

  /// Whether the tenant still wants it.
  public boolean isLive() {
    return switch (this) {
      case PENDING, ACTIVE, DEGRADED -> true;
      case CLOSING, CLOSED -> false;
    };
  }
}
