package net.bellwether.topology.pair;

/// A direction on the Bloch sphere in which one qubit is measured, a unit vector. As with Basis,
/// the y axis is mirrored at one end by convention: two halves of Φ+ measured along one direction
/// give equal outcomes, whatever it is.
///
/// The outcomes `s`, `r` (each ±1) of a Bell-diagonal pair along `a` and `b` have the joint
/// probability (1 + s·r·(a·T·b)) / 4, where T is diagonal and holds the correlations in the three
/// bases \[horodecki1995\].
public record Direction(double x, double y, double z) {
  public static final Direction ALONG_Z = new Direction(0, 0, 1);
  public static final Direction ALONG_X = new Direction(1, 0, 0);
  public static final Direction ALONG_Y = new Direction(0, 1, 0);

  /// What is left of the length of a unit vector by arithmetic with doubles.
  private static final double LENGTH_TOLERANCE = 1e-6;

  public Direction {
    double length = StrictMath.sqrt(x * x + y * y + z * z);
    if (!(Math.abs(length - 1) <= LENGTH_TOLERANCE)) {
      throw new IllegalArgumentException(
          "direction (%s, %s, %s) must be a vector of length 1".formatted(x, y, z));
    }
  }

  /// One constant a basis.
  public static Direction of(Basis basis) {
    return switch (basis) {
      case Z -> ALONG_Z;
      case X -> ALONG_X;
      case Y -> ALONG_Y;
    };
  }

  /// `angleRadians` from Z towards X.
  public static Direction inXz(double angleRadians) {
    return new Direction(StrictMath.sin(angleRadians), 0, StrictMath.cos(angleRadians));
  }

  /// Expectation of the product of both outcomes of the Bell state `index`, one half measured along
  /// this and the other along `other`.
  public double correlation(Direction other, Pauli index) {
    return sign(index, Basis.X) * x * other.x
        + sign(index, Basis.Y) * y * other.y
        + sign(index, Basis.Z) * z * other.z;
  }

  /// Where one half of the Bell state `frame` has to be measured for what this direction would give
  /// on Φ+.
  public Direction corrected(Pauli frame) {
    return frame == Pauli.I
        ? this
        : new Direction(
            sign(frame, Basis.X) * x, sign(frame, Basis.Y) * y, sign(frame, Basis.Z) * z);
  }

  private static double sign(Pauli index, Basis basis) {
    return index.flips(basis) ? -1 : 1;
  }
}
