package net.bellwether.topology.physics;

import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.Pauli;

/// A Bell-diagonal two-qubit state: the probabilities of I, X, Y, Z, the Pauli that takes the
/// intended Bell state to the actual one. Fidelity is the probability of I.
public record BellDiagonal(double i, double x, double y, double z) {
  public static final BellDiagonal PERFECT = new BellDiagonal(1, 0, 0, 0);

  public static final BellDiagonal MIXED = new BellDiagonal(0.25, 0.25, 0.25, 0.25);

  private static final double SUM_TOLERANCE = 1e-6;

  public BellDiagonal {
    if (!(i >= 0 && x >= 0 && y >= 0 && z >= 0)
        || !(Math.abs(i + x + y + z - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          "Bell-diagonal state (%s, %s, %s, %s) must be four probabilities that sum to 1"
              .formatted(i, x, y, z));
    }
  }

  /// Werner state of fidelity `f`.
  public static BellDiagonal werner(double f) {
    double rest = (1 - f) / 3;
    return new BellDiagonal(f, rest, rest, rest);
  }

  public double fidelity() {
    return i;
  }

  public double probability(Pauli pauli) {
    return switch (pauli) {
      case I -> i;
      case X -> x;
      case Y -> y;
      case Z -> z;
    };
  }

  /// Probability that perfect measurements of both halves in `basis` disagree.
  public double qber(Basis basis) {
    return switch (basis) {
      case Z -> x + y;
      case X -> y + z;
      case Y -> x + z;
    };
  }
}
