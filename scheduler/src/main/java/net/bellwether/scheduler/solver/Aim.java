package net.bellwether.scheduler.solver;

import java.util.function.DoubleUnaryOperator;

/// What a search is after, and with it which sub-plans can still matter: those that cost less than
/// `costLimit` and whose length, with what is missing to both ends, is less than `lengthLimit`.
abstract sealed class Aim permits Aim.Least, Aim.Finest, Aim.Richest, Front {
  /// Exactness of comparisons: a plan within this of the floor meets it.
  static final double TOLERANCE = 1e-12;

  double costLimit = Double.POSITIVE_INFINITY;
  double lengthLimit = Double.POSITIVE_INFINITY;

  /// The best label of the root so far, -1 where there is none; valid within one search.
  int best = -1;

  double bestValue;

  /// Only plans better than `value` are of interest: cheaper, finer, or worth more.
  abstract void beyond(double value);

  /// The value of a root of this cost and Werner parameter, NaN where it is of no interest.
  abstract double valueOf(Labels labels, int label);

  /// The value of a plan in the terms of this aim.
  abstract double valueOf(FluidPlan plan);

  /// Whether less is better.
  final boolean isLeast() {
    return this instanceof Least;
  }

  /// Takes a label of the root in; true where nothing better can follow.
  abstract boolean take(Labels labels, int label);

  /// Bound on the value of any plan that has a part of this length (with what is missing) and cost.
  abstract double bound(double length, double cost);

  /// The least cost at or above a floor on fidelity. Labels come in the order of their cost, so the
  /// first that meets the floor is the best.
  static final class Least extends Aim {
    private final Metric metric;
    private final double floorWerner;
    private final double slack;

    /// `floorLoss` is the loss at the floor.
    Least(Metric metric, double floorWerner, double floorLoss) {
      this.metric = metric;
      this.floorWerner = floorWerner;
      this.slack = floorLoss + TOLERANCE - metric.rule.offset();
    }

    @Override
    double valueOf(FluidPlan plan) {
      return plan.cost();
    }

    @Override
    void beyond(double threshold) {
      best = -1;
      costLimit = threshold;
      lengthLimit =
          switch (metric) {
            case Metric.Priced priced -> threshold + priced.multiplier * slack;
            case Metric.Timed timed -> Metric.power(threshold, timed.rule.exponent()) * slack;
          };
    }

    @Override
    double valueOf(Labels labels, int label) {
      return labels.werner[label] < floorWerner - TOLERANCE ? Double.NaN : labels.cost[label];
    }

    @Override
    boolean take(Labels labels, int label) {
      if (labels.werner[label] < floorWerner - TOLERANCE) {
        return false;
      }
      best = label;
      bestValue = labels.cost[label];
      return true;
    }

    @Override
    double bound(double length, double cost) {
      return Math.max(
          cost,
          switch (metric) {
            case Metric.Priced priced -> length - priced.multiplier * slack;
            case Metric.Timed timed -> leastTime(length / slack, timed.rule.exponent());
          });
    }
  }

  /// The time that `ratio` = time^γ belongs to. Without purification (γ = 0) losses alone decide.
  private static double leastTime(double ratio, double exponent) {
    if (exponent == 0) {
      return ratio > 1 ? Double.POSITIVE_INFINITY : 0;
    }
    return StrictMath.exp(StrictMath.log(ratio) / exponent);
  }

  /// The highest fidelity of plans that take less than some time.
  static final class Finest extends Aim {
    private final Metric metric;
    private final double floorWerner;
    private final DoubleUnaryOperator lossOf;
    private final DoubleUnaryOperator wernerOf;

    /// `lossOf` turns Werner parameters of fidelity into losses, `wernerOf` turns them back.
    Finest(
        Metric metric,
        double mostCost,
        double floorWerner,
        DoubleUnaryOperator lossOf,
        DoubleUnaryOperator wernerOf) {
      this.metric = metric;
      this.floorWerner = floorWerner;
      this.lossOf = lossOf;
      this.wernerOf = wernerOf;
      costLimit = Math.nextUp(mostCost * (1 + TOLERANCE));
      narrow(floorWerner);
    }

    private void narrow(double werner) {
      double slack = lossOf.applyAsDouble(werner) - metric.rule.offset() + TOLERANCE;
      lengthLimit = Metric.power(costLimit, metric.rule.exponent()) * slack;
    }

    @Override
    double valueOf(FluidPlan plan) {
      return Werner.parameter(plan.state().fidelity());
    }

    @Override
    void beyond(double werner) {
      best = -1;
      bestValue = werner;
      narrow(Math.max(werner, floorWerner));
    }

    @Override
    double valueOf(Labels labels, int label) {
      double werner = labels.werner[label];
      return werner < floorWerner - TOLERANCE || werner <= bestValue ? Double.NaN : werner;
    }

    @Override
    boolean take(Labels labels, int label) {
      double werner = labels.werner[label];
      if (werner >= floorWerner - TOLERANCE && werner > bestValue) {
        best = label;
        bestValue = werner;
        narrow(werner);
      }
      return false;
    }

    @Override
    double bound(double length, double cost) {
      double loss = length / Metric.power(costLimit, metric.rule.exponent()) + metric.rule.offset();
      return wernerOf.applyAsDouble(Math.max(0, loss));
    }
  }

  /// The most of a value per pair, which grows with fidelity, in a second.
  static final class Richest extends Aim {
    private final Metric metric;
    private final double floorWerner;
    private final LabelValue valueOf;
    private final double mostPerPair;
    private final double mostTimesLoss;

    /// `mostPerPair` is what a perfect pair is worth; `mostTimesLoss` is the greatest product of
    /// what a pair is worth and (loss − offset)^(1/γ), or for γ = 0 the greatest loss − offset of a
    /// pair of any worth.
    Richest(
        Metric metric,
        double floorWerner,
        LabelValue valueOf,
        double mostPerPair,
        double mostTimesLoss) {
      this.metric = metric;
      this.floorWerner = floorWerner;
      this.valueOf = valueOf;
      this.mostPerPair = mostPerPair;
      this.mostTimesLoss = mostTimesLoss;
      if (metric.rule.exponent() == 0) {
        lengthLimit = mostTimesLoss;
      }
    }

    @Override
    double valueOf(FluidPlan plan) {
      return plan.value();
    }

    @Override
    void beyond(double value) {
      best = -1;
      bestValue = value;
      if (value > 0) {
        costLimit = mostPerPair / value;
        if (metric.rule.exponent() > 0) {
          lengthLimit = Metric.power(mostTimesLoss / value, metric.rule.exponent());
        }
      }
    }

    @Override
    double valueOf(Labels labels, int label) {
      double value = valueOf.of(labels, label) / labels.cost[label];
      return labels.werner[label] < floorWerner - TOLERANCE || !(value > bestValue)
          ? Double.NaN
          : value;
    }

    @Override
    boolean take(Labels labels, int label) {
      if (labels.werner[label] >= floorWerner - TOLERANCE) {
        double value = valueOf.of(labels, label) / labels.cost[label];
        if (value > bestValue) {
          beyond(value);
          best = label;
        }
      }
      return false;
    }

    @Override
    double bound(double length, double cost) {
      double byCost = mostPerPair / cost;
      if (metric.rule.exponent() == 0) {
        return length < mostTimesLoss ? byCost : 0;
      }
      return Math.min(byCost, mostTimesLoss / leastTime(length, metric.rule.exponent()));
    }
  }

  /// What a pair of a label is worth.
  interface LabelValue {
    double of(Labels labels, int label);
  }
}
