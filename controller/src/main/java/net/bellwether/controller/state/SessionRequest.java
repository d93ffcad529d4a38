package net.bellwether.controller.state;

import net.bellwether.scheduler.request.Ending;
import net.bellwether.topology.id.NodeId;

/// What a tenant asked for: two consumers at two nodes, the delivered rate to promise (0: all that
/// is free) and the fidelity floor (0: the best secret key rate).
public record SessionRequest(
    String fromSae,
    NodeId fromNode,
    String toSae,
    NodeId toNode,
    double pairsPerSecond,
    double minFidelity,
    SessionKind kind) {
  public SessionRequest {
    if (fromNode.equals(toNode)) {
      throw new IllegalArgumentException("to_node (" + toNode + ") must differ from from_node");
    }
    if (!(pairsPerSecond >= 0 && pairsPerSecond < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "pairs_per_second (" + pairsPerSecond + ") must be at least 0 and finite");
    }
    if (minFidelity != 0 && !(minFidelity > 0.5 && minFidelity <= 1)) {
      throw new IllegalArgumentException(
          "min_fidelity (" + minFidelity + ") must be 0 or in (0.5, 1]");
    }
    if (kind instanceof SessionKind.CreateAndKeep && (pairsPerSecond == 0 || minFidelity == 0)) {
      throw new IllegalArgumentException(
          "pairs_per_second (%s) and min_fidelity (%s) must be given where pairs are kept"
              .formatted(pairsPerSecond, minFidelity));
    }
  }

  /// Pairs that are measured directly.
  public SessionRequest(
      String fromSae,
      NodeId fromNode,
      String toSae,
      NodeId toNode,
      double pairsPerSecond,
      double minFidelity) {
    this(
        fromSae,
        fromNode,
        toSae,
        toNode,
        pairsPerSecond,
        minFidelity,
        new SessionKind.MeasureDirectly());
  }

  public Ending ending() {
    return switch (kind) {
      case SessionKind.MeasureDirectly() -> Ending.MEASURED;
      case SessionKind.CreateAndKeep _ -> Ending.KEPT;
    };
  }

  /// Whether the tenant leaves the working point to us and wants key.
  public boolean wantsKeyRate() {
    return minFidelity == 0;
  }
}
