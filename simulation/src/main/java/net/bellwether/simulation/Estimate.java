package net.bellwether.simulation;

/// A measured value and its standard error.
public record Estimate(double value, double standardError) {
  static Estimate ofShare(long hits, long trials) {
    double share = trials == 0 ? 0.5 : (double) hits / trials;
    // Agresti-Coull: an error of zero out of few is not certain to be zero.
    double smoothed = (hits + 2.0) / (trials + 4.0);
    return new Estimate(share, Math.sqrt(smoothed * (1 - smoothed) / (trials + 4.0)));
  }

  /// How many standard errors `expected` is away.
  public double sigmasFrom(double expected) {
    return Math.abs(value - expected) / standardError;
  }
}
