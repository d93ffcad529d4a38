package net.bellwether.topology.pair;

/// A Pauli operator as bit pair (x, z); also the index of the Bell state it takes Φ+ to: I = Φ+, X
/// = Ψ+, Y = Ψ−, Z = Φ−. The order of the constants is the order of every Bell-diagonal vector.
public enum Pauli {
  I(false, false),
  X(true, false),
  Y(true, true),
  Z(false, true);

  private final boolean x;
  private final boolean z;

  Pauli(boolean x, boolean z) {
    this.x = x;
    this.z = z;
  }

  /// Bit-flip component: set where key-basis (Z) outcomes of the two halves differ.
  public boolean x() {
    return x;
  }

  /// Phase-flip component: set where X-basis outcomes of the two halves differ.
  public boolean z() {
    return z;
  }

  public static Pauli of(boolean x, boolean z) {
    return x ? (z ? Y : X) : (z ? Z : I);
  }

  /// Product up to phase.
  public Pauli times(Pauli other) {
    return of(x ^ other.x, z ^ other.z);
  }

  /// Whether measuring both halves of this Bell state in `basis` gives outcomes that differ, after
  /// the outcome of one half is flipped by convention in Y (where Φ+ is anti-correlated).
  public boolean flips(Basis basis) {
    return switch (basis) {
      case Z -> x;
      case X -> z;
      case Y -> x ^ z;
    };
  }
}
