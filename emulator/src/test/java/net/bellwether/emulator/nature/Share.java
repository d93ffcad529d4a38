package net.bellwether.emulator.nature;

import static org.assertj.core.api.Assertions.assertThat;

/// How often something happened, and whether that is likely.
final class Share {
  /// Two-sided bound in standard deviations: a true statement fails once in 16,000 seeds, and the
  /// seeds of the tests are fixed.
  private static final double SIGMAS = 4;

  private long trials;
  private long hits;

  void count(boolean hit) {
    trials++;
    hits += hit ? 1 : 0;
  }

  long trials() {
    return trials;
  }

  double value() {
    return (double) hits / trials;
  }

  void assertIs(double probability) {
    double sigma = Math.sqrt(Math.max(probability * (1 - probability), 1e-12) / trials);
    assertThat(value())
        .describedAs("%d of %d, expected %f, sigma %f", hits, trials, probability, sigma)
        .isBetween(probability - SIGMAS * sigma, probability + SIGMAS * sigma);
  }
}
