package net.bellwether.scheduler.solver;

/// Which sub-plans can still be part of a plan that the aim of a search is interested in: by their
/// cost, and by their length with what is missing to both ends.
final class Pruning {
  private final Usable usable;
  private final Metric metric;
  private final Distances near;
  private final Distances far;
  private final boolean addsUp;
  private final Aim aim;
  private final double bestSwapSuccess;

  /// Whether what is left out has stand-ins. They go by one limit on lengths, so it stays where it
  /// was at the start even when the aim narrows its own.
  private final boolean standsIn;

  private final double firstLengthLimit;

  /// Whether anything was left out because of the limits; if not, there is nothing more.
  boolean limited;

  /// Whether anything was left out for its length.
  boolean leftOutLong;

  Pruning(Question question, Aim aim, boolean standsIn) {
    this.usable = question.usable;
    this.metric = question.metric;
    this.near = question.near;
    this.far = question.far;
    this.addsUp = question.addsUp;
    this.aim = aim;
    this.bestSwapSuccess = usable.snapshot.bestSwapSuccess();
    this.standsIn = standsIn;
    this.firstLengthLimit = aim.lengthLimit;
  }

  boolean isAdmitted(int u, int v, double cost, double power, double loss) {
    if (cost >= costLimit(u, v)) {
      limited = true;
      return false;
    }
    double missing = missing(u, v);
    double most = lengthLimit();
    if (missing < most
        && metric.isShorter(cost, power, metric.shared(u, v, loss), most - missing)) {
      return true;
    }
    limited = true;
    leftOutLong = true;
    return false;
  }

  /// What is not the whole plan will at least be swapped once.
  double costLimit(int u, int v) {
    return usable.isRoot(u, v) ? aim.costLimit : partCostLimit();
  }

  double partCostLimit() {
    return aim.costLimit * bestSwapSuccess;
  }

  double lengthLimit() {
    return standsIn ? firstLengthLimit : aim.lengthLimit;
  }

  /// The least length between a part over (u, v) and the two ends, whichever way round it lies.
  double missing(int u, int v) {
    return Math.min(near.atLeast(u) + far.atLeast(v), near.atLeast(v) + far.atLeast(u));
  }

  /// The length of any plan that has this label as a part.
  double lengthThrough(Labels labels, int label) {
    int u = labels.u[label];
    int v = labels.v[label];
    double loss = metric.shared(u, v, labels.loss[label]);
    double length = addsUp ? metric.length(labels.cost[label], loss) : loss * labels.power[label];
    return length + missing(u, v);
  }
}
