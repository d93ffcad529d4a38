package net.bellwether.benchmarks.solver;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Measured values by size.
final class Distribution {
  private final double[] sorted;

  private Distribution(double[] values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  static <T> Distribution of(List<T> items, ToDoubleFunction<T> value) {
    return new Distribution(items.stream().mapToDouble(value).toArray());
  }

  int count() {
    return sorted.length;
  }

  /// The least value that the share `part` of all does not pass; NaN where there is none.
  double quantile(double part) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(part * sorted.length);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
  }

  double p50() {
    return quantile(0.5);
  }

  double p99() {
    return quantile(0.99);
  }

  double worst() {
    return quantile(1);
  }

  double least() {
    return quantile(0);
  }

  double mean() {
    return Arrays.stream(sorted).average().orElse(Double.NaN);
  }
}
