package net.bellwether.scheduler.evaluate;

import static net.bellwether.scheduler.evaluate.Wave.COMPONENTS;

import net.bellwether.topology.Qubits;

/// Decay of stored halves, as exponents of each component of a wave. A half in memory loses the X
/// and Y correlations with T2 and the Z correlation with T1 (amplitude damping, twirled, and
/// dephasing); each half for itself, so exponents of both halves add.
final class Aging {
  private final double[] exponents;

  Aging(double[] exponents) {
    this.exponents = exponents;
  }

  double[] exponents() {
    return exponents;
  }

  static final Aging NONE = new Aging(new double[COMPONENTS]);

  static Aging perSecond(Qubits memory) {
    double t1 = 1 / memory.t1Seconds();
    double t2 = 1 / memory.t2Seconds();
    return new Aging(new double[] {0, t2, t2, t1});
  }

  Aging and(Aging other) {
    double[] sum = exponents.clone();
    for (int c = 0; c < COMPONENTS; c++) {
      sum[c] += other.exponents[c];
    }
    return new Aging(sum);
  }

  Aging times(double factor) {
    double[] scaled = exponents.clone();
    for (int c = 0; c < COMPONENTS; c++) {
      scaled[c] *= factor;
    }
    return new Aging(scaled);
  }

  /// Ages `values` in place.
  void apply(double[] values) {
    for (int c = 0; c < COMPONENTS; c++) {
      values[c] *= StrictMath.exp(-exponents[c]);
    }
  }
}
