package net.bellwether.scheduler.request;

import java.util.Set;
import net.bellwether.topology.id.NodeId;

/// What a caller wants between two nodes. `minFidelity` is the floor on a delivered pair, in (0.5,
/// 1]. `workBudget` bounds the search in plans looked at, so that equal requests search alike on
/// any machine, and with it the memory of the search. `ending` says what the pairs age until: the
/// floor holds for a measured pair, or for a kept one when it is delivered.
public record Request(
    NodeId from,
    NodeId to,
    Objective objective,
    double minFidelity,
    Limits limits,
    StateModel states,
    PurificationClass purifications,
    long workBudget,
    Ending ending) {
  public static final long DEFAULT_WORK_BUDGET = 2_000_000;

  public Request {
    if (from.equals(to)) {
      throw new IllegalArgumentException("from and to (" + from + ") must be two nodes");
    }
    if (!(minFidelity > 0.5 && minFidelity <= 1)) {
      throw new IllegalArgumentException(
          "minFidelity ("
              + minFidelity
              + ") must be in (0.5, 1]\na state at 0.5 or less carries no entanglement");
    }
    if (!limits.relays().isEmpty() && !(objective instanceof Objective.SecretKeyRate)) {
      throw new IllegalArgumentException(
          "relays (%s) must be empty unless the objective is a secret key rate\na relay makes keys, never pairs"
              .formatted(limits.relays()));
    }
    if (workBudget < 1) {
      throw new IllegalArgumentException("workBudget (" + workBudget + ") must be at least 1");
    }
  }

  /// A request for pairs that are measured.
  public Request(
      NodeId from,
      NodeId to,
      Objective objective,
      double minFidelity,
      Limits limits,
      StateModel states,
      PurificationClass purifications,
      long workBudget) {
    this(
        from,
        to,
        objective,
        minFidelity,
        limits,
        states,
        purifications,
        workBudget,
        Ending.MEASURED);
  }

  /// The highest pair rate at or above a floor, as node agents can run it.
  public static Request pairs(NodeId from, NodeId to, double minFidelity) {
    return of(from, to, new Objective.PairRate(), minFidelity);
  }

  /// The highest secret key rate, BBM92 in the limit of long blocks, as node agents can run it.
  public static Request key(NodeId from, NodeId to) {
    return of(from, to, Objective.SecretKeyRate.BBM92, Math.nextUp(0.5));
  }

  /// The cheapest plan at or above a floor.
  public static Request cheapest(NodeId from, NodeId to, Prices prices, double minFidelity) {
    return of(from, to, new Objective.Cheapest(prices), minFidelity);
  }

  public static Request of(NodeId from, NodeId to, Objective objective, double minFidelity) {
    return new Request(
        from,
        to,
        objective,
        minFidelity,
        Limits.NONE,
        StateModel.BELL_DIAGONAL,
        PurificationClass.NESTED,
        DEFAULT_WORK_BUDGET);
  }

  /// The same between two other nodes, without relays.
  public Request between(NodeId from, NodeId to) {
    return new Request(
        from,
        to,
        objective,
        minFidelity,
        limits.withRelays(Set.of()),
        states,
        purifications,
        workBudget,
        ending);
  }

  public Request with(Objective objective) {
    return new Request(
        from, to, objective, minFidelity, limits, states, purifications, workBudget, ending);
  }

  public Request with(Limits limits) {
    return new Request(
        from, to, objective, minFidelity, limits, states, purifications, workBudget, ending);
  }

  public Request with(StateModel states) {
    return new Request(
        from, to, objective, minFidelity, limits, states, purifications, workBudget, ending);
  }

  public Request with(PurificationClass purifications) {
    return new Request(
        from, to, objective, minFidelity, limits, states, purifications, workBudget, ending);
  }

  public Request withMinFidelity(double minFidelity) {
    return new Request(
        from, to, objective, minFidelity, limits, states, purifications, workBudget, ending);
  }

  public Request withWorkBudget(long workBudget) {
    return new Request(
        from, to, objective, minFidelity, limits, states, purifications, workBudget, ending);
  }

  public Request with(Ending ending) {
    return new Request(
        from, to, objective, minFidelity, limits, states, purifications, workBudget, ending);
  }
}
