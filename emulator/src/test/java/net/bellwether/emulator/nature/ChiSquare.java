package net.bellwether.emulator.nature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/// Counts in bins against their probabilities, by Pearson's statistic.
final class ChiSquare {
  /// One-sided bound in standard deviations: a true statement fails once in 32,000 seeds, and the
  /// seeds of the tests are fixed.
  private static final double SIGMAS = 4;

  private final long[] counts;

  ChiSquare(int bins) {
    counts = new long[bins];
  }

  void count(int bin) {
    counts[bin]++;
  }

  /// The quantile is that of Wilson and Hilferty's cube-root approximation.
  void assertAre(double... probabilities) {
    long total = Arrays.stream(counts).sum();
    double statistic = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      double expected = (double) total * probabilities[bin];
      assertThat(expected).describedAs("expected count of bin %d", bin).isGreaterThan(5);
      statistic += (counts[bin] - expected) * (counts[bin] - expected) / expected;
    }
    double freedom = counts.length - 1;
    double bound =
        freedom * Math.pow(1 - 2 / (9 * freedom) + SIGMAS * Math.sqrt(2 / (9 * freedom)), 3);
    assertThat(statistic)
        .describedAs("chi-square of %s", Arrays.toString(counts))
        .isLessThan(bound);
  }
}
