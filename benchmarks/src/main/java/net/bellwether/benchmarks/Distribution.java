package net.bellwether.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Measured values by size.
public final class Distribution {
  private final double[] sorted;

  private Distribution(double[] values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  public static <T> Distribution of(List<T> items, ToDoubleFunction<T> value) {
    return new Distribution(items.stream().mapToDouble(value).toArray());
  }

  public int count() {
    return sorted.length;
  }

  /// The least value that the share `part` of all does not pass; NaN where there is none.
  public double quantile(double part) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(part * sorted.length);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
  }

  public double p50() {
    return quantile(0.5);
  }

  public double p99() {
    return quantile(0.99);
  }

  public double worst() {
    return quantile(1);
  }

  public double least() {
    return quantile(0);
  }

  public double mean() {
    return Arrays.stream(sorted).average().orElse(Double.NaN);
  }
}
