package net.bellwether.scheduler.waiting;

import static net.bellwether.scheduler.waiting.Arrivals.COMPONENTS;
import static net.bellwether.scheduler.waiting.Arrivals.MASS;

/// Two pairs, made independently from the same start: the earlier decays until the later one comes,
/// unless that takes more than the cutoff. `left` keeps `leftKept` of each component from one
/// instant to the next, `right` likewise.
final class Meeting {
  private final Arrivals left;
  private final Arrivals right;
  private final int cutoffSteps;
  private final double[][] leftWaiting = new double[COMPONENTS][];
  private final double[][] rightWaiting = new double[COMPONENTS][];

  Meeting(Arrivals left, double[] leftKept, Arrivals right, double[] rightKept, int cutoffSteps) {
    this.left = left;
    this.right = right;
    this.cutoffSteps = cutoffSteps;
    for (int c = 0; c < COMPONENTS; c++) {
      leftWaiting[c] = waiting(left.cells()[c], leftKept[c]);
      rightWaiting[c] = waiting(right.cells()[c], rightKept[c]);
    }
  }

  /// For each instant, what is left of `values` of the earlier instants within the cutoff. One
  /// pass: what waits decays by the same factor from instant to instant.
  private double[] waiting(double[] values, double kept) {
    double[] waiting = new double[values.length];
    double keptToCutoff = StrictMath.pow(kept, cutoffSteps + 1.0);
    for (int t = 1; t < values.length; t++) {
      waiting[t] = kept * (waiting[t - 1] + values[t - 1]);
      if (t - 1 >= cutoffSteps) {
        waiting[t] -= keptToCutoff * values[t - 1 - cutoffSteps];
      }
    }
    return waiting;
  }

  /// By instant of the later pair: mean of the left pair's component times the right one's.
  double[] product(int ofLeft, int ofRight) {
    double[] l = left.cells()[ofLeft];
    double[] r = right.cells()[ofRight];
    double[] lw = leftWaiting[ofLeft];
    double[] rw = rightWaiting[ofRight];
    double[] product = new double[l.length];
    for (int t = 0; t < product.length; t++) {
      product[t] = lw[t] * r[t] + l[t] * rw[t] + l[t] * r[t];
    }
    return product;
  }

  /// By instant at which the earlier pair, and with it the other's making, is given up: at the
  /// cutoff after it, if the later one comes only afterwards.
  double[] givenUp() {
    double[] givenUp = new double[left.steps()];
    double leftDone = sum(left.cells()[MASS], cutoffSteps);
    double rightDone = sum(right.cells()[MASS], cutoffSteps);
    for (int t = cutoffSteps; t < givenUp.length; t++) {
      leftDone += left.cells()[MASS][t];
      rightDone += right.cells()[MASS][t];
      givenUp[t] =
          left.cells()[MASS][t - cutoffSteps] * Math.max(0, 1 - rightDone)
              + right.cells()[MASS][t - cutoffSteps] * Math.max(0, 1 - leftDone);
    }
    return givenUp;
  }

  private static double sum(double[] values, int before) {
    double sum = 0;
    for (int t = 0; t < Math.min(before, values.length); t++) {
      sum += values[t];
    }
    return sum;
  }
}
