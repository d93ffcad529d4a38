package net.bellwether.simulation.scenario;

import net.bellwether.topology.id.NodeId;

/// A session that `tenant` asks for at `openAtSeconds` of virtual time and closes at
/// `closeAtSeconds` (infinite: never). `pairsPerSecond` 0 asks for all that is free, `minFidelity`
/// 0 for the best secret key rate.
public record PlannedSession(
    String tenant,
    NodeId from,
    NodeId to,
    double pairsPerSecond,
    double minFidelity,
    double openAtSeconds,
    double closeAtSeconds) {
  public PlannedSession {
    if (from.equals(to)) {
      throw new IllegalArgumentException("to (" + to + ") must differ from from");
    }
    if (!(pairsPerSecond >= 0 && pairsPerSecond < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "pairsPerSecond (" + pairsPerSecond + ") must be at least 0 and finite");
    }
    if (minFidelity != 0 && !(minFidelity > 0.5 && minFidelity <= 1)) {
      throw new IllegalArgumentException(
          "minFidelity (" + minFidelity + ") must be 0 or in (0.5, 1]");
    }
    if (!(openAtSeconds >= 0 && openAtSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "openAtSeconds (" + openAtSeconds + ") must be at least 0 and finite");
    }
    if (!(closeAtSeconds > openAtSeconds)) {
      throw new IllegalArgumentException(
          "closeAtSeconds ("
              + closeAtSeconds
              + ") must be later than openAtSeconds ("
              + openAtSeconds
              + ")");
    }
  }

  /// The best key that the network can give between two nodes, from the start and for good.
  public static PlannedSession ofKey(String tenant, NodeId from, NodeId to) {
    return new PlannedSession(tenant, from, to, 0, 0, 0, Double.POSITIVE_INFINITY);
  }
}
