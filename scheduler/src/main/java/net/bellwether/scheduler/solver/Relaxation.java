package net.bellwether.scheduler.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import net.bellwether.scheduler.request.StateModel;

/// What purification can do at best, as two linear rules that hold for any two pairs of Werner
/// parameter at most `attainable`, wherever in the network and in whatever order. With losses ℓ =
/// −ln w, and measured from `offset`, a purification leaves at least `kappa` times the sum of both
/// losses and costs at least the sum of both costs divided by `success`. A swap adds losses. So d
/// purifications above an elementary pair divide its share of the final loss by at most (2
/// kappa)^−d and multiply its share of the cost by at least (2 / success)^d, and both add up along
/// a path: a shortest path bounds every plan.
///
/// `exponent` is γ with 2 kappa = (2 / success)^−γ: loss × cost^γ cannot fall by purification.
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Relaxation(
    double kappa,
    double offset,
    double success,
    double exponent,
    double[] costFactor,
    double[] lossFactor) {
  static final Relaxation NONE = new Relaxation(0.5, 0, 1, 0, new double[0], new double[0]);

  private static final int MAX_DEPTH = 24;

  private static final int GRID = 300;

  /// Two pairs of fidelity 0.505: worse ones help none.
  private static final double LARGEST_BELL_SUM = 9.2;

  /// The rules are checked on a grid; between its points they may be off by less than this.
  private static final double GRID_ERROR = 2e-5;

  private static final double RATIO_ERROR = 1e-4;

  /// Where lines other than the one through the origin touch: sums of losses.
  private static final double[] TOUCH = {0.12, 0.3};

  /// Rules for the best gates and readouts of a network whose best link has this Werner parameter,
  /// for either model of states; the one without offset first.
  static Map<StateModel, List<Relaxation>> of(Topology topology, double bestWerner) {
    double gates = topology.bestGateFidelity * topology.bestGateFidelity;
    double readout = topology.leastReadoutError;
    double misread = 2 * readout * (1 - readout);
    double attainable = Werner.attainable(gates, misread, bestWerner);
    List<Relaxation> werner =
        of(
            sum -> leastWernerLoss(gates, misread, attainable, sum),
            Math.max(1e-6, -2 * StrictMath.log(attainable)),
            -2 * StrictMath.log(Werner.USELESS),
            Werner.success(gates, misread, attainable, attainable),
            Math.min(1, topology.leastWernerSwapLoss) - 2 * StrictMath.log(bestWerner));
    double bestBell = 2 * Werner.fidelity(bestWerner) - 1;
    List<Relaxation> bell =
        of(
            sum -> Bell.leastLoss(gates, sum),
            1e-6,
            LARGEST_BELL_SUM,
            Bell.mostSuccess(gates),
            Math.min(1, topology.leastBellSwapLoss) - 2 * StrictMath.log(bestBell));
    return Map.of(StateModel.WERNER, werner, StateModel.BELL_DIAGONAL, bell);
  }

  private static List<Relaxation> of(
      DoubleUnaryOperator leastLoss, double from, double to, double success, double mostOffset) {
    double[] sums = new double[GRID + 1];
    double[] least = new double[GRID + 1];
    double kappa = 0.5;
    for (int i = 0; i <= GRID; i++) {
      sums[i] = from + (to - from) * i / GRID;
      least[i] = leastLoss.applyAsDouble(sums[i]);
      kappa = Math.min(kappa, least[i] / sums[i] - RATIO_ERROR);
    }
    List<Relaxation> rules = new ArrayList<>();
    rules.add(of(Math.max(kappa, 1e-3), 0, success));
    for (double touch : TOUCH) {
      int at = (int) Math.round((touch - from) / (to - from) * GRID);
      if (at < 1 || at >= GRID) {
        continue;
      }
      double slope = (least[at + 1] - least[at - 1]) / (sums[at + 1] - sums[at - 1]);
      double constant = Double.POSITIVE_INFINITY;
      for (int i = 0; i <= GRID; i++) {
        constant = Math.min(constant, least[i] - GRID_ERROR - slope * sums[i]);
      }
      double offset = constant / (1 - 2 * slope);
      if (slope > 0 && slope < 0.499 && offset > 0 && offset <= mostOffset) {
        rules.add(of(slope, offset, success));
      }
    }
    return rules;
  }

  private static Relaxation of(double kappa, double offset, double success) {
    double[] costs = new double[MAX_DEPTH];
    double[] losses = new double[MAX_DEPTH];
    double cost = 1;
    double loss = 1;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      costs[depth] = cost;
      losses[depth] = loss;
      cost *= 2 / success;
      loss *= 2 * kappa;
    }
    double exponent = Math.max(0, -StrictMath.log(2 * kappa) / StrictMath.log(2 / success));
    return new Relaxation(kappa, offset, success, exponent, costs, losses);
  }

  /// The least loss that a purification leaves of two pairs whose losses sum to `sum`. For a given
  /// product of parameters the result is convex in their split, so it is best at an extreme one.
  private static double leastWernerLoss(
      double gates, double misread, double attainable, double sum) {
    double product = StrictMath.exp(-sum);
    double high = Math.min(attainable, product / Werner.USELESS);
    double low = product / high;
    double p = Werner.success(gates, misread, high, low);
    double w = Werner.purified(gates, misread, high, low, p);
    return w <= 0 ? Double.POSITIVE_INFINITY : -StrictMath.log(w);
  }

  /// The least that a part of `cost` and `loss` can add to cost + `multiplier` × loss of a plan,
  /// whatever purifications lie above it.
  double least(double cost, double multiplier, double loss) {
    double weighted = multiplier * loss;
    double least = cost + weighted;
    for (int depth = 1; depth < MAX_DEPTH; depth++) {
      double sum = cost * costFactor[depth] + weighted * lossFactor[depth];
      if (sum >= least) {
        break;
      }
      least = sum;
    }
    return least;
  }

  /// Whether `least` is less than `room`, where loss is `weighted` with the multiplier already.
  boolean isLess(double cost, double weighted, double room) {
    double least = cost + weighted;
    if (least < room) {
      return true;
    }
    for (int depth = 1; depth < MAX_DEPTH; depth++) {
      double costs = cost * costFactor[depth];
      double sum = costs + weighted * lossFactor[depth];
      if (sum < room) {
        return true;
      }
      if (costs >= room || sum >= least) {
        return false;
      }
      least = sum;
    }
    return false;
  }

  /// What one of cost and loss must be at least where the other is `other`, for their least sum
  /// over all numbers of purifications to reach `length`.
  double mostOfDepths(double length, double other, double[] otherFactor, double[] factor) {
    double most = 0;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      most = Math.max(most, (length - other * otherFactor[depth]) / factor[depth]);
    }
    return most;
  }
}
