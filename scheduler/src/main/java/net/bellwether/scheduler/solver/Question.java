package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.scheduler.request.StateModel;

/// What all searches for one request have in common: where, in which terms, and of which states.
final class Question {
  final Usable usable;
  final Metric metric;

  /// Distances from the two ends.
  final Distances near;

  final Distances far;
  final Requirements required;

  /// Whether costs of the two parts of a swap add up.
  final boolean addsUp;

  final boolean bell;
  final boolean nested;
  private double cheapest = Double.NaN;

  Question(
      Metric metric,
      Distances near,
      Distances far,
      Requirements required,
      StateModel states,
      PurificationClass purifications) {
    this.usable = metric.usable;
    this.metric = metric;
    this.near = near;
    this.far = far;
    this.required = required;
    this.addsUp = metric.terms.addsUp();
    this.bell = states == StateModel.BELL_DIAGONAL;
    this.nested = purifications == PurificationClass.NESTED;
  }

  /// cost^γ where times are compared; nothing needs it where costs add up.
  double power(double cost) {
    return addsUp ? 0 : Metric.power(cost, metric.rule.exponent());
  }

  /// The least that an elementary pair costs anywhere; looked for once, as it takes all links.
  double cheapest() {
    if (Double.isNaN(cheapest)) {
      cheapest = metric.cheapest();
    }
    return cheapest;
  }
}
