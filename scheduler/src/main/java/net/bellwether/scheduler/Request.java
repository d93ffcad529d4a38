package net.bellwether.scheduler;

import java.util.Set;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// What a caller wants between two nodes. `minFidelity` is the floor on a delivered pair, in (0.5,
/// 1]. `workBudget` bounds the search in labels, so that equal requests search alike on any
/// machine.
public record Request(
    NodeId from,
    NodeId to,
    Objective objective,
    double minFidelity,
    Set<LinkId> excludedLinks,
    Set<NodeId> excludedNodes,
    int maxHops,
    long workBudget) {
  public static final int DEFAULT_MAX_HOPS = 16;
  public static final long DEFAULT_WORK_BUDGET = 2_000_000;

  public Request {
    excludedLinks = Set.copyOf(excludedLinks);
    excludedNodes = Set.copyOf(excludedNodes);
    if (from.equals(to)) {
      throw new IllegalArgumentException("from and to (" + from + ") must be two nodes");
    }
    if (!(minFidelity > 0.5 && minFidelity <= 1)) {
      throw new IllegalArgumentException(
          "minFidelity ("
              + minFidelity
              + ") must be in (0.5, 1]\na state at 0.5 or less carries no entanglement");
    }
  }

  public static Request pairs(NodeId from, NodeId to, double minFidelity) {
    return new Request(
        from,
        to,
        Objective.PAIR_RATE,
        minFidelity,
        Set.of(),
        Set.of(),
        DEFAULT_MAX_HOPS,
        DEFAULT_WORK_BUDGET);
  }

  public static Request key(NodeId from, NodeId to) {
    return new Request(
        from,
        to,
        Objective.SECRET_KEY_RATE,
        Math.nextUp(0.5),
        Set.of(),
        Set.of(),
        DEFAULT_MAX_HOPS,
        DEFAULT_WORK_BUDGET);
  }

  /// What the best plan maximises, among those at or above the fidelity floor.
  public enum Objective {
    PAIR_RATE,
    SECRET_KEY_RATE
  }
}
