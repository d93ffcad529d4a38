package net.bellwether.scheduler.evaluate;

import net.bellwether.topology.Operations;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.SecretKey;
import net.bellwether.topology.rules.BasisPolicy.RandomBases;

/// Secret key from delivered pairs whose ends disagree with `qberZ` and `qberX`, readout included,
/// and measure as `bases` say.
public record KeyYield(double qberZ, double qberX, RandomBases bases) {
  /// How sessions measure unless they say otherwise.
  public static final RandomBases DEFAULT_BASES = new RandomBases(0.9, 20);

  /// Error rates of `state` as two ends with these operations read it.
  public static KeyYield of(BellDiagonal state, Operations left, Operations right) {
    return new KeyYield(
        read(state.qber(Basis.Z), left, right),
        read(state.qber(Basis.X), left, right),
        DEFAULT_BASES);
  }

  private static double read(double qber, Operations left, Operations right) {
    double a = left.readoutErrorProbability();
    double b = right.readoutErrorProbability();
    double flips = a + b - 2 * a * b;
    return qber + flips - 2 * qber * flips;
  }

  /// Key bits a delivered pair yields after sifting, BBM92, in the limit of long blocks and perfect
  /// reconciliation.
  public double asymptoticBitsPerPair() {
    return keyBasisShare() * Math.max(0, SecretKey.bbm92Fraction(qberZ, qberX, 1));
  }

  /// Share of delivered pairs that both ends measure in the key basis.
  public double keyBasisShare() {
    double p = bases.keyBasisProbability();
    return (1 - 1.0 / bases.tomographyEvery()) * p * p;
  }

  /// Secret bits that a block of `keyBits` sifted key-basis bits certifies with its expected error
  /// rates and its expected number of test-basis pairs.
  public long blockBits(long keyBits) {
    double p = bases.keyBasisProbability();
    long testBits = (long) ((double) keyBits * (1 - p) * (1 - p) / (p * p));
    if (testBits < 1) {
      return 0;
    }
    double leaked =
        SecretKey.RECONCILIATION_EFFICIENCY * (double) keyBits * SecretKey.binaryEntropy(qberZ);
    return SecretKey.finiteKeyBits(
        keyBits, testBits, qberX, leaked, SecretKey.EPSILON_SECRECY, SecretKey.EPSILON_CORRECTNESS);
  }
}
