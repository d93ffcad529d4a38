package net.bellwether.scheduler.judge;

import net.bellwether.topology.Operations;

/// Asymptotic BBM92 bits per delivered pair, readout errors of both ends included.
final class Key {
  /// Of the pairs, one in twenty is tomography; both ends take the key basis nine times in ten.
  private static final double SIFTED = 0.95 * 0.9 * 0.9;

  private final double flips;

  Key(Operations one, Operations other) {
    double a = one.readoutErrorProbability();
    double b = other.readoutErrorProbability();
    flips = a * (1 - b) + b * (1 - a);
  }

  double bitsPerPair(double errorZ, double errorX) {
    return SIFTED * Math.max(0, 1 - entropy(read(errorZ)) - entropy(read(errorX)));
  }

  /// Of a Werner state.
  double bitsPerPair(double w) {
    return bitsPerPair((1 - w) / 2, (1 - w) / 2);
  }

  private double read(double error) {
    return error * (1 - flips) + (1 - error) * flips;
  }

  private static double entropy(double error) {
    if (error <= 0) {
      return 0;
    }
    double p = Math.min(error, 0.5);
    return -(p * StrictMath.log(p) + (1 - p) * StrictMath.log(1 - p)) / StrictMath.log(2);
  }
}
