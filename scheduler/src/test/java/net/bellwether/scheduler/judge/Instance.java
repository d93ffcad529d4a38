package net.bellwether.scheduler.judge;

import java.util.List;
import java.util.SequencedMap;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// One network and one question about it. `minFidelity` is the floor of every objective but
/// FIDELITY; `minPairsPerSecond` is that of FIDELITY alone. `prices` count for CHEAPEST alone and
/// has every link.
record Instance(
    long seed,
    NetworkView view,
    NodeId from,
    NodeId to,
    Objective objective,
    StateModel states,
    PlanClass planClass,
    PriceUnit priceUnit,
    SequencedMap<LinkId, Double> prices,
    double minFidelity,
    double minPairsPerSecond,
    int maxHops,
    List<NodeId> excludedNodes,
    List<LinkId> excludedLinks,
    List<NodeId> requiredNodes,
    List<LinkId> requiredLinks) {

  enum Objective {
    /// Least cost; the value is the cost.
    CHEAPEST,
    /// The value is pairs per second.
    PAIR_RATE,
    /// The value is secret bits per second.
    SECRET_KEY_RATE,
    /// The value is the fidelity.
    FIDELITY;

    boolean smallerIsBetter() {
      return this == CHEAPEST;
    }
  }

  enum StateModel {
    /// Twirled before and after every operation.
    WERNER,
    /// Never twirled; both protocols.
    BELL_DIAGONAL;

    States over(Operations[] nodes) {
      return switch (this) {
        case WERNER -> new WernerStates(nodes);
        case BELL_DIAGONAL -> new BellStates(nodes);
      };
    }
  }

  /// Which two sub-plans may be purified: any two over one span, or two of the same tree.
  enum PlanClass {
    ANY,
    NESTED
  }

  enum PriceUnit {
    PER_PAIR,
    /// Of the link's whole time: a share that others hold makes pairs rarer, not dearer.
    PER_LINK_SECOND
  }

  /// What one pair of `mode` costs: a price, or seconds where the objective is one of rate.
  double leafCost(LinkMode mode) {
    if (objective != Objective.CHEAPEST) {
      return 1 / (mode.fluidPairsPerSecond() * mode.freeShare());
    }
    double price = prices.getOrDefault(mode.link(), Double.NaN);
    return switch (priceUnit) {
      case PER_PAIR -> price;
      case PER_LINK_SECOND -> price / mode.fluidPairsPerSecond();
    };
  }

  /// Whether the two parts of a swap are made side by side, so that the slower one counts.
  boolean sideBySide() {
    return objective != Objective.CHEAPEST;
  }

  /// The same question about another view, of states in another model.
  Instance on(NetworkView other, StateModel model) {
    return new Instance(
        seed,
        other,
        from,
        to,
        objective,
        model,
        planClass,
        priceUnit,
        prices,
        minFidelity,
        minPairsPerSecond,
        maxHops,
        excludedNodes,
        excludedLinks,
        requiredNodes,
        requiredLinks);
  }

  Instance inClass(PlanClass other) {
    return new Instance(
        seed,
        view,
        from,
        to,
        objective,
        states,
        other,
        priceUnit,
        prices,
        minFidelity,
        minPairsPerSecond,
        maxHops,
        excludedNodes,
        excludedLinks,
        requiredNodes,
        requiredLinks);
  }

  /// The question in a line, for whoever must look into one seed.
  String text() {
    return "seed %d: %s %s %s from %s to %s, floor %s, at least %s pairs/s, %d hops, not %s %s, by %s %s"
        .formatted(
            seed,
            objective,
            states,
            planClass,
            from,
            to,
            minFidelity,
            minPairsPerSecond,
            maxHops,
            excludedNodes,
            excludedLinks,
            requiredNodes,
            requiredLinks);
  }
}
