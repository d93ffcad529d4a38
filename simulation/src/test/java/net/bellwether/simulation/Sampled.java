package net.bellwether.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// Mean of values that were drawn, and whether that is likely.
final class Sampled {
  /// A true statement fails once in 16,000 seeds, and the seeds of the tests are fixed.
  private static final double SIGMAS = 4;

  private long count;
  private double sum;
  private double squares;

  void add(double value) {
    count++;
    sum += value;
    squares += value * value;
  }

  void add(boolean hit) {
    add(hit ? 1 : 0);
  }

  void assertMean(double expected) {
    double mean = sum / count;
    double sigma = Math.sqrt(Math.max(squares / count - mean * mean, 1e-30) / count);
    assertThat(mean).as("of %d", count).isCloseTo(expected, within(SIGMAS * sigma));
  }
}
