package net.bellwether.scheduler.judge;

import net.bellwether.scheduler.judge.Instance.Objective;

/// The best end-to-end tree so far, and what a better one may cost at most. `mostBitsPerPair` is no
/// less than any reachable tree yields.
final class Contest {
  private final Instance instance;
  private final States states;
  private final Key key;
  private final double mostBitsPerPair;
  private boolean won;
  private double value;
  private double bound;

  Contest(Setting setting, States states, double mostBitsPerPair) {
    this.instance = setting.instance;
    this.states = states;
    this.mostBitsPerPair = mostBitsPerPair;
    key = new Key(setting.operations[setting.from], setting.operations[setting.to]);
    value = Double.NaN;
    bound =
        instance.objective() == Objective.FIDELITY
            ? 1 / instance.minPairsPerSecond()
            : Double.POSITIVE_INFINITY;
  }

  /// A contest in which trees must at least equal `known`, which some tree is known to reach.
  Contest(Setting setting, States states, double mostBitsPerPair, double known) {
    this(setting, states, mostBitsPerPair);
    bound = Math.min(bound, boundOf(known) * (1 + 1e-9));
  }

  boolean won() {
    return won;
  }

  double value() {
    return value;
  }

  /// What a tree may cost if it is to be as good as the best.
  double bound() {
    return bound;
  }

  /// Whether the tree is better than all before it.
  boolean enter(double cost, double[] state, int at) {
    double fidelity = states.fidelity(state, at);
    boolean forFidelity = instance.objective() == Objective.FIDELITY;
    if (cost > bound || fidelity < (forFidelity ? Math.nextUp(0.5) : instance.minFidelity())) {
      return false;
    }
    double offered =
        switch (instance.objective()) {
          case CHEAPEST -> cost;
          case PAIR_RATE -> 1 / cost;
          case SECRET_KEY_RATE ->
              key.bitsPerPair(states.errorZ(state, at), states.errorX(state, at)) / cost;
          case FIDELITY -> fidelity;
        };
    boolean worthless = instance.objective() == Objective.SECRET_KEY_RATE && offered <= 0;
    boolean better =
        !won || (instance.objective().smallerIsBetter() ? offered < value : offered > value);
    if (worthless || !better) {
      return false;
    }
    won = true;
    value = offered;
    bound = Math.min(bound, boundOf(value));
    return true;
  }

  private double boundOf(double offered) {
    return switch (instance.objective()) {
      case CHEAPEST -> offered;
      case PAIR_RATE -> 1 / offered;
      case SECRET_KEY_RATE -> mostBitsPerPair / offered;
      case FIDELITY -> Double.POSITIVE_INFINITY;
    };
  }
}
