package net.bellwether.simulation.tally;

/// A measured value and its standard error.
public record Estimate(double value, double standardError) {
  /// Half the width of the 95 % interval of a normal distribution, in standard errors.
  private static final double SIGMAS_95 = 1.959964;

  /// Of `hits` in `trials`.
  public static Estimate ofShare(long hits, long trials) {
    double share = trials == 0 ? 0.5 : (double) hits / trials;
    // Agresti-Coull: an error of zero out of few is not certain to be zero.
    double smoothed = (hits + 2.0) / (trials + 4.0);
    return new Estimate(share, Math.sqrt(smoothed * (1 - smoothed) / (trials + 4.0)));
  }

  /// How many standard errors `expected` is away.
  public double sigmasFrom(double expected) {
    return Math.abs(value - expected) / standardError;
  }

  /// Half the width of the 95 % confidence interval.
  public double halfWidth95() {
    return SIGMAS_95 * standardError;
  }

  /// Whether `expected` lies within the 95 % confidence interval.
  public boolean admits(double expected) {
    return Math.abs(value - expected) <= halfWidth95();
  }
}
