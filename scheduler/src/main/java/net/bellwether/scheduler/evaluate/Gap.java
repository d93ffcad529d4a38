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
    int at = meanBin(mass);
    double[] factors = new double[COMPONENTS];
    double passed = 0;
    for (int b = 0; b <= at; b++) {
      double reached = StrictMath.pow(expectedCount[b] / expectedCount[at], k - 1.0);
      double share = reached - passed;
      passed = reached;
      if (share < NEGLIGIBLE) {
        continue;
      }
      // Within the last bin the second pair falls after the first by a third of it on average.
      double bins = b == at ? 1.0 / 3 : at - b;
      for (int c = 0; c < COMPONENTS; c++) {
        factors[c] += share * StrictMath.exp(-perBin.exponents()[c] * bins);
      }
    }
    for (int c = 0; c < COMPONENTS; c++) {
      correlations[c] *= factors[c];
    }
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
