package net.bellwether.scheduler.evaluate;

import static net.bellwether.scheduler.evaluate.Wave.BINS;
import static net.bellwether.scheduler.evaluate.Wave.COMPONENTS;
import static net.bellwether.scheduler.evaluate.Wave.MASS;

/// How long the first of two consecutive pairs waits for the second. Given that the k-th of
/// independent, equally distributed instants falls at t, the one before falls before u with
/// probability (Λ(u)/Λ(t))^(k−1), Λ being the expected count: exact for elementary pairs, an
/// approximation for pairs that were swapped or purified before. Taken at the mean of t.
final class Gap {
  /// Of many pairs only the last moments before t matter.
  private static final double NEGLIGIBLE = 1e-12;

  private final double[] expectedCount = new double[BINS];
  private final Aging perBin;

  Gap(Wave wave, Aging perBin) {
    this.perBin = perBin;
    double[][] sums = wave.sums();
    double total = 0;
    for (int b = 0; b < BINS; b++) {
      total += sums[MASS][b];
      expectedCount[b] = total;
    }
  }

  /// Ages the first pair's `correlations` until the `k`-th, whose time is distributed as `mass`.
  void multiply(double[] mass, int k, double[] correlations) {
    double[] shares = shares(mass, k);
    double[] factors = new double[COMPONENTS];
    for (int b = 0; b < shares.length; b++) {
      if (shares[b] >= NEGLIGIBLE) {
        for (int c = 0; c < COMPONENTS; c++) {
          factors[c] +=
              shares[b] * StrictMath.exp(-perBin.exponents()[c] * bins(b, shares.length - 1));
        }
      }
    }
    for (int c = 0; c < COMPONENTS; c++) {
      correlations[c] *= factors[c];
    }
  }

  /// The mean wait until the `k`-th, in bins.
  double meanBins(double[] mass, int k) {
    double[] shares = shares(mass, k);
    double mean = 0;
    for (int b = 0; b < shares.length; b++) {
      mean += shares[b] * bins(b, shares.length - 1);
    }
    return mean;
  }

  /// Within the last bin the second pair falls after the first by a third of it on average.
  private static double bins(int first, int second) {
    return first == second ? 1.0 / 3 : second - first;
  }

  /// How probably the first pair falls in each bin up to that of the second.
  private double[] shares(double[] mass, int k) {
    int at = meanBin(mass);
    double[] shares = new double[at + 1];
    double passed = 0;
    for (int b = 0; b <= at; b++) {
      double reached = StrictMath.pow(expectedCount[b] / expectedCount[at], k - 1.0);
      shares[b] = reached - passed;
      passed = reached;
    }
    return shares;
  }

  private static int meanBin(double[] mass) {
    double sum = 0;
    double moment = 0;
    for (int b = 0; b < BINS; b++) {
      sum += mass[b];
      moment += mass[b] * b;
    }
    return (int) Math.round(moment / sum);
  }
}
