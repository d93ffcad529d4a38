package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.request.StateModel;

/// Lengths of links such that a shortest path bounds what any plan costs, and how labels compare
/// with them. Losses of swaps are shared between the two parts they join.
abstract sealed class Metric implements Lengths {
  final Relaxation rule;
  final Usable usable;
  final Terms terms;
  private final boolean bell;

  Metric(Relaxation rule, Usable usable, Terms terms, StateModel states) {
    this.rule = rule;
    this.usable = usable;
    this.terms = terms;
    this.bell = states == StateModel.BELL_DIAGONAL;
  }

  /// Length of a pair of this cost and loss, its share of the swaps at its ends included.
  abstract double length(double cost, double loss);

  /// Whether a pair of this cost and loss (its share included) is shorter than `room`; `power` is
  /// cost^γ for times.
  abstract boolean isShorter(double cost, double power, double loss, double room);

  /// The least loss (shared) that makes a pair of `cost` as long as `length`.
  abstract double leastLoss(double length, double cost);

  /// The least cost that makes a pair of `loss` (shared) as long as `length`.
  abstract double leastCost(double length, double loss);

  /// The loss of a part between two nodes, with half the loss of the swaps to come at its ends.
  final double shared(int u, int v, double loss) {
    return loss - rule.offset() + share(u) + share(v);
  }

  /// Half the loss of a swap at the node; none at the ends.
  final double share(int node) {
    return usable.isEnd(node) ? 0 : (swapLoss(node) + rule.offset()) / 2;
  }

  final double swapLoss(int node) {
    NetworkSnapshot snapshot = usable.snapshot;
    return bell ? snapshot.bellSwapLoss(node) : snapshot.wernerSwapLoss(node);
  }

  final double loss(int mode) {
    NetworkSnapshot snapshot = usable.snapshot;
    return bell ? snapshot.bellLoss(mode) : snapshot.wernerLoss(mode);
  }

  /// The least that an elementary pair costs anywhere in the network.
  final double cheapest() {
    NetworkSnapshot snapshot = usable.snapshot;
    double least = Double.POSITIVE_INFINITY;
    for (int link = 0; link < snapshot.linkCount(); link++) {
      for (int mode = snapshot.firstMode(link); mode < snapshot.firstMode(link + 1); mode++) {
        if (snapshot.rate(mode) > 0) {
          least = Math.min(least, terms.cost(snapshot, link, mode));
        }
      }
    }
    return least;
  }

  /// Length of a link in its best mode; infinite where it makes nothing.
  @Override
  public final double length(int u, int v, int link) {
    NetworkSnapshot snapshot = usable.snapshot;
    double least = Double.POSITIVE_INFINITY;
    int end = snapshot.firstMode(link + 1);
    for (int mode = snapshot.firstMode(link); mode < end; mode++) {
      if (snapshot.rate(mode) > 0) {
        double loss = shared(u, v, loss(mode));
        least = Math.min(least, length(terms.cost(snapshot, link, mode), loss));
      }
    }
    return Math.max(0, least);
  }

  /// For costs that add up: cost + multiplier × loss.
  static final class Priced extends Metric {
    final double multiplier;

    Priced(Relaxation rule, Usable usable, Terms terms, StateModel states, double multiplier) {
      super(rule, usable, terms, states);
      this.multiplier = multiplier;
    }

    @Override
    double length(double cost, double loss) {
      return rule.least(cost, multiplier, loss);
    }

    @Override
    boolean isShorter(double cost, double power, double loss, double room) {
      return rule.isLess(cost, multiplier * loss, room);
    }

    @Override
    double leastLoss(double length, double cost) {
      return rule.mostOfDepths(length, cost, rule.costFactor(), rule.lossFactor()) / multiplier;
    }

    @Override
    double leastCost(double length, double loss) {
      return rule.mostOfDepths(length, multiplier * loss, rule.lossFactor(), rule.costFactor());
    }
  }

  /// For times, of which the slowest counts: loss × time^γ.
  static final class Timed extends Metric {
    Timed(Relaxation rule, Usable usable, Terms terms, StateModel states) {
      super(rule, usable, terms, states);
    }

    @Override
    double length(double cost, double loss) {
      return loss * power(cost, rule.exponent());
    }

    @Override
    boolean isShorter(double cost, double power, double loss, double room) {
      return loss * power < room;
    }

    @Override
    double leastLoss(double length, double cost) {
      return length / power(cost, rule.exponent());
    }

    @Override
    double leastCost(double length, double loss) {
      if (loss <= 0) {
        return length > 0 ? Double.POSITIVE_INFINITY : 0;
      }
      if (rule.exponent() == 0) {
        return loss < length ? Double.POSITIVE_INFINITY : 0;
      }
      return power(length / loss, 1 / rule.exponent());
    }
  }

  static double power(double base, double exponent) {
    return exponent == 0 ? 1 : StrictMath.exp(exponent * StrictMath.log(base));
  }
}
