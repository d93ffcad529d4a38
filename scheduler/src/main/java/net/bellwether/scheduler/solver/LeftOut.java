package net.bellwether.scheduler.solver;

/// The pairs that a search left out because they were too long, as partners of one that it kept.
///
/// A purification is at least as long as the shorter of its inputs, not as the longer. So of every
/// plan within the limits there is a skeleton that a search meets: the root, both parts of a swap,
/// and of a purification an input that is short. Of the other one it is known only that it is at
/// least as long as the limit allows. Such a partner stands in for all that were left out: of each
/// cost, with the least loss that makes it too long.
final class LeftOut {
  /// Costs of partners differ by this factor; each is as fine as the next dearer one could be.
  private static final double STEP = 1.05;

  /// The cheapest partner, where it could cost nothing, relative to what it is to help.
  private static final double CHEAP = 1e-3;

  private final Metric metric;
  private double length;
  private double offset;
  private double next;

  /// Cost and Werner parameter of the partner.
  double cost;

  double werner;

  LeftOut(Metric metric) {
    this.metric = metric;
  }

  /// Partners over (u, v) that are at least as long as `length`, cost at least `leastCost` and may
  /// have a Werner parameter of `leastWerner`. `kept` is the cost of the one they are to help.
  void start(int u, int v, double length, double leastCost, double leastWerner, double kept) {
    this.length = length;
    this.offset = metric.shared(u, v, 0);
    double mostLoss = -StrictMath.log(leastWerner) + offset;
    this.next = Math.max(leastCost, metric.leastCost(length, mostLoss));
    this.cost = 0;
    if (next < kept * CHEAP) {
      next = kept * CHEAP;
      // The first one covers all that cost less.
      cost = leastCost;
      werner = wernerAt(next);
    } else {
      advance();
    }
  }

  void advance() {
    cost = next;
    next *= STEP;
    werner = wernerAt(next);
  }

  /// Whether no dearer partner is finer.
  boolean isLast() {
    return werner >= 1;
  }

  private double wernerAt(double dearest) {
    return Math.min(1, StrictMath.exp(offset - metric.leastLoss(length, dearest)));
  }
}
