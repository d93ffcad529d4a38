package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.request.StateModel;
import net.bellwether.topology.Operations;
import net.bellwether.topology.physics.BellDiagonal;

/// Turns an objective into what a search is after, and its results into values of the objective.
final class Aims {
  private static final int FIDELITY_STEPS = 200;

  private final Request request;
  private final boolean bell;
  private final double floorWerner;
  private final Operations left;
  private final Operations right;

  Aims(Usable usable, Request request) {
    this.request = request;
    this.bell = request.states() == StateModel.BELL_DIAGONAL;
    this.floorWerner = Werner.parameter(request.minFidelity());
    this.left = operations(usable.snapshot, usable.from);
    this.right = operations(usable.snapshot, usable.to);
  }

  private static Operations operations(NetworkSnapshot snapshot, int node) {
    return new Operations(snapshot.gateFidelity(node), snapshot.readoutError(node), 1);
  }

  double floorLoss() {
    return loss(floorWerner);
  }

  double floorWerner() {
    return floorWerner;
  }

  Aim of(Metric metric) {
    return switch (request.objective()) {
      case Objective.Cheapest _, Objective.PairRate _ ->
          new Aim.Least(metric, floorWerner, loss(floorWerner));
      case Objective.Fidelity fidelity ->
          new Aim.Finest(
              metric, 1 / fidelity.minPairsPerSecond(), floorWerner, this::loss, this::werner);
      case Objective.SecretKeyRate rate -> {
        KeyWorth worth = new KeyWorth(rate, left, right);
        yield new Aim.Richest(
            metric,
            floorWerner,
            (labels, label) -> worth.bitsPerPair(state(labels, label)),
            worth.most(1, bell),
            mostTimesLoss(worth, metric.rule));
      }
    };
  }

  /// The greatest product of worth and (loss − offset)^(1/γ): in steps of fidelity, each bounded by
  /// the worth of its upper and the loss of its lower end.
  private double mostTimesLoss(KeyWorth worth, Relaxation rule) {
    double most = 0;
    for (int i = 0; i < FIDELITY_STEPS; i++) {
      double lower = request.minFidelity() + (1 - request.minFidelity()) * i / FIDELITY_STEPS;
      double upper = request.minFidelity() + (1 - request.minFidelity()) * (i + 1) / FIDELITY_STEPS;
      double bits = worth.most(Math.min(1, upper), bell);
      if (bits > 0) {
        double slack = loss(Werner.parameter(lower)) - rule.offset();
        double product =
            rule.exponent() == 0 ? slack : bits * Metric.power(slack, 1 / rule.exponent());
        most = Math.max(most, product);
      }
    }
    return most;
  }

  private double loss(double werner) {
    double x = bell ? 2 * Werner.fidelity(werner) - 1 : werner;
    return -StrictMath.log(x);
  }

  private double werner(double loss) {
    double x = StrictMath.exp(-loss);
    return bell ? Werner.parameter((x + 1) / 2) : x;
  }

  private BellDiagonal state(Labels labels, int label) {
    return bell
        ? BellDiagonal.ofCorrelations(labels.xx[label], -labels.yy[label], labels.zz[label])
        : BellDiagonal.werner(Werner.fidelity(labels.werner[label]));
  }

  FluidPlan plan(Labels labels, int label, Usable usable) {
    var builder = new PlanBuilder(usable.snapshot, labels);
    double cost = labels.cost[label];
    BellDiagonal state = state(labels, label);
    return new FluidPlan(builder.plan(label, usable.from), cost, state, value(cost, state));
  }

  /// A plan's value under the objective.
  private double value(double cost, BellDiagonal state) {
    return switch (request.objective()) {
      case Objective.Cheapest _ -> cost;
      case Objective.PairRate _ -> 1 / cost;
      case Objective.Fidelity _ -> state.fidelity();
      case Objective.SecretKeyRate rate ->
          new KeyWorth(rate, left, right).bitsPerPair(state) / cost;
    };
  }

  /// A value of the search (cost, Werner parameter or worth a second) in terms of the objective.
  double outer(double inner) {
    return switch (request.objective()) {
      case Objective.Cheapest _, Objective.SecretKeyRate _ -> inner;
      case Objective.PairRate _ -> 1 / inner;
      case Objective.Fidelity _ -> Werner.fidelity(inner);
    };
  }
}
