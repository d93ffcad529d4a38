package net.bellwether.benchmarks.solver;

/// A straight line by least squares: its slope, and R², the share of the variance that it explains.
record Fit(double slope, double rSquared) {

  static Fit of(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "x (" + x.length + " values) and y (" + y.length + ") must be equally many");
    }
    double meanX = mean(x);
    double meanY = mean(y);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    // A constant is explained by any line that is level.
    return new Fit(xx > 0 ? xy / xx : Double.NaN, yy > 0 ? xy * xy / (xx * yy) : 1);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
