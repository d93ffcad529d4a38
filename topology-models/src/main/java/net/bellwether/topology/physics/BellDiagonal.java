package net.bellwether.topology.physics;

import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.Pauli;

/// A Bell-diagonal two-qubit state: the probabilities of I, X, Y, Z, the Pauli that takes the
/// intended Bell state to the actual one. Fidelity is the probability of I.
public record BellDiagonal(double i, double x, double y, double z) {
  public static final BellDiagonal PERFECT = new BellDiagonal(1, 0, 0, 0);

  public static final BellDiagonal MIXED = new BellDiagonal(0.25, 0.25, 0.25, 0.25);

  private static final double SUM_TOLERANCE = 1e-6;

  /// Differences of numbers near 1 may leave this much below zero where the exact value is zero.
  private static final double ROUNDING = 1e-12;

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

  /// The state whose expectations of X⊗X, Y⊗Y and Z⊗Z are these; (1, -1, 1) is Φ+.
  public static BellDiagonal ofCorrelations(double xx, double yy, double zz) {
    return new BellDiagonal(
        unrounded((1 + xx - yy + zz) / 4),
        unrounded((1 + xx + yy - zz) / 4),
        unrounded((1 - xx - yy - zz) / 4),
        unrounded((1 - xx + yy + zz) / 4));
  }

  private static double unrounded(double probability) {
    return probability < 0 && probability > -ROUNDING ? 0 : probability;
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

  /// Expectation of X⊗X, where the intended state is Φ+.
  public double correlationXX() {
    return i + x - y - z;
  }

  /// Expectation of Y⊗Y, where the intended state is Φ+ (for which it is -1).
  public double correlationYY() {
    return x + z - i - y;
  }

  /// Expectation of Z⊗Z, where the intended state is Φ+.
  public double correlationZZ() {
    return i + z - x - y;
  }

  /// The state after an independent Pauli error distributed as `other`; equally, the ideal swap of
  /// both.
  public BellDiagonal convolve(BellDiagonal other) {
    return new BellDiagonal(
        i * other.i + x * other.x + y * other.y + z * other.z,
        i * other.x + x * other.i + y * other.z + z * other.y,
        i * other.y + y * other.i + x * other.z + z * other.x,
        i * other.z + z * other.i + x * other.y + y * other.x);
  }

  /// With probability `1 - keepProbability` the state is lost to the maximally mixed one.
  public BellDiagonal depolarized(double keepProbability) {
    double added = (1 - keepProbability) / 4;
    return new BellDiagonal(
        keepProbability * i + added,
        keepProbability * x + added,
        keepProbability * y + added,
        keepProbability * z + added);
  }

  /// The Werner state of the same fidelity.
  public BellDiagonal twirled() {
    return werner(i);
  }

  /// What a swap with `right` at a node of these operations leaves on success: convolution, then
  /// gate noise, then the Pauli corrections that readout errors get wrong \[dur1999\].
  public BellDiagonal swapped(BellDiagonal right, Operations at) {
    double wrong = at.readoutErrorProbability();
    double correct = 1 - wrong;
    var misread =
        new BellDiagonal(correct * correct, wrong * correct, wrong * wrong, wrong * correct);
    return convolve(right).depolarized(at.gateFidelity()).convolve(misread);
  }

  /// After `secondsA` in a qubit like `a` at one end and `secondsB` in one like `b` at the other:
  /// amplitude damping with T1 and dephasing with T2, twirled \[nielsen2010\]. Exact where the
  /// intended state is physically a Φ state; for a Ψ state the term of joint relaxation, of second
  /// order in time / T1, has the other sign.
  public BellDiagonal decayed(double secondsA, Qubits a, double secondsB, Qubits b) {
    double relaxA = StrictMath.exp(-secondsA / a.t1Seconds());
    double relaxB = StrictMath.exp(-secondsB / b.t1Seconds());
    double dephase = StrictMath.exp(-secondsA / a.t2Seconds() - secondsB / b.t2Seconds());
    return ofCorrelations(
        correlationXX() * dephase,
        correlationYY() * dephase,
        correlationZZ() * relaxA * relaxB + (1 - relaxA) * (1 - relaxB));
  }
}
