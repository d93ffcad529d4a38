package net.bellwether.scheduler.waiting;

import net.bellwether.topology.physics.BellDiagonal;

/// When the pair of a sub-plan is there, counted from the start of its making, and in which state:
/// `cells[MASS][t]` is the probability that it comes at instant t of the grid, and for c = X, Y, Z
/// `cells[c][t]` is that times its mean correlation 1 − 2·QBER in the basis c. Swaps and
/// purifications are linear in each input's cells, so means of states lose nothing.
///
/// Arrays, because every swap that may fail convolves them.
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Arrivals(double[][] cells) {
  static final int MASS = 0;
  static final int X = 1;
  static final int Y = 2;
  static final int Z = 3;
  static final int COMPONENTS = 4;

  int steps() {
    return cells[MASS].length;
  }

  /// Pairs of `state` at the times that `mass` says.
  static Arrivals of(double[] mass, BellDiagonal state) {
    double[] correlations = {
      1, state.correlationXX(), -state.correlationYY(), state.correlationZZ()
    };
    double[][] cells = new double[COMPONENTS][];
    for (int c = 0; c < COMPONENTS; c++) {
      cells[c] = mass.clone();
    }
    return new Arrivals(cells).times(correlations);
  }

  /// Multiplies every component by its factor, in place.
  Arrivals times(double[] factors) {
    for (int c = 0; c < COMPONENTS; c++) {
      for (int t = 0; t < cells[c].length; t++) {
        cells[c][t] *= factors[c];
      }
    }
    return this;
  }

  Arrivals later(double steps) {
    double[][] shifted = new double[COMPONENTS][];
    for (int c = 0; c < COMPONENTS; c++) {
      shifted[c] = later(cells[c], steps);
    }
    return new Arrivals(shifted);
  }

  /// `values` moved to later instants, split between neighbours so that their mean moves by exactly
  /// `steps`; what leaves the grid is lost.
  static double[] later(double[] values, double steps) {
    if (steps == 0) {
      return values;
    }
    double[] shifted = new double[values.length];
    int whole = (int) Math.min(values.length, Math.floor(steps));
    double part = steps - whole;
    for (int t = 0; t + whole < values.length; t++) {
      shifted[t + whole] += values[t] * (1 - part);
      if (t + whole + 1 < values.length) {
        shifted[t + whole + 1] += values[t] * part;
      }
    }
    return shifted;
  }

  /// State of a pair whose components in `cells` are these.
  static BellDiagonal state(double mass, double x, double y, double z) {
    return mass > 0
        ? BellDiagonal.ofCorrelations(x / mass, -y / mass, z / mass)
        : BellDiagonal.MIXED;
  }
}
