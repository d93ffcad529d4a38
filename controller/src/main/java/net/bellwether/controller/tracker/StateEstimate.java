package net.bellwether.controller.tracker;

import net.bellwether.topology.Operations;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.physics.BellDiagonal;

/// A Bell-diagonal state estimated from disagreements in all three bases, readout errors of both
/// ends removed, with the half width of the 95 % interval of its fidelity F = 1 − (e_X + e_Y + e_Z)
/// / 2.
public record StateEstimate(BellDiagonal state, double fidelityHalfWidth, long pairCount) {
  static final double Z_95 = 1.96;

  /// From pairs compared and disagreeing per basis, by `index`. Every basis must have at least one
  /// comparison.
  public static StateEstimate of(
      long[] compared, long[] errors, Operations atOneEnd, Operations atOtherEnd) {
    double flips = readoutDisagreement(atOneEnd, atOtherEnd);
    double[] rate = new double[3];
    double variance = 0;
    long pairs = 0;
    for (Basis basis : Basis.values()) {
      int i = index(basis);
      if (compared[i] < 1 || errors[i] < 0 || errors[i] > compared[i]) {
        throw new IllegalArgumentException(
            "errors in basis %s (%d of %d) must be a share of at least one comparison"
                .formatted(basis, errors[i], compared[i]));
      }
      double observed = (double) errors[i] / compared[i];
      rate[i] = Math.clamp((observed - flips) / (1 - 2 * flips), 0, 1);
      // Agresti-Coull centre, so that no error in few pairs is not taken for certainty.
      double centre = (errors[i] + 2.0) / (compared[i] + 4.0);
      double scale = 1 - 2 * flips;
      variance += centre * (1 - centre) / (compared[i] + 4.0) / (scale * scale);
      pairs += compared[i];
    }
    return new StateEstimate(
        fromErrorRates(rate[index(Basis.Z)], rate[index(Basis.X)], rate[index(Basis.Y)]),
        Z_95 * StrictMath.sqrt(variance) / 2,
        pairs);
  }

  /// Place of a basis in arrays of counts: Z, X, Y.
  static int index(Basis basis) {
    return switch (basis) {
      case Z -> 0;
      case X -> 1;
      case Y -> 2;
    };
  }

  /// Probability that two perfect halves are read differently: ε_a(1−ε_b) + ε_b(1−ε_a).
  static double readoutDisagreement(Operations one, Operations other) {
    double a = one.readoutErrorProbability();
    double b = other.readoutErrorProbability();
    return Math.min(a * (1 - b) + b * (1 - a), 0.49);
  }

  /// e_Z = x + y, e_X = y + z, e_Y = x + z. Noise can ask for negative probabilities; those become
  /// zero and the other errors keep the fidelity.
  private static BellDiagonal fromErrorRates(double eZ, double eX, double eY) {
    double i = Math.clamp(1 - (eZ + eX + eY) / 2, 0, 1);
    double x = Math.max(0, (eZ + eY - eX) / 2);
    double y = Math.max(0, (eZ + eX - eY) / 2);
    double z = Math.max(0, (eX + eY - eZ) / 2);
    double sum = x + y + z;
    double scale = sum > 0 ? (1 - i) / sum : 0;
    return sum > 0 ? new BellDiagonal(i, x * scale, y * scale, z * scale) : BellDiagonal.werner(i);
  }
}
