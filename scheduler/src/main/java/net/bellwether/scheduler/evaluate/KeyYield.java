package net.bellwether.scheduler.evaluate;

import net.bellwether.topology.Operations;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.SecretKey;
import net.bellwether.topology.rules.BasisPolicy.RandomBases;

/// Secret key from delivered pairs whose ends disagree with `qberZ` and `qberX`, readout included.
public record KeyYield(double qberZ, double qberX) {
  /// How long blocks are measured: few pairs are spent on the test basis.
  private static final RandomBases LONG_BLOCK_BASES = new RandomBases(0.9, 20);

  /// Error rates of `state` as two ends with these operations read it.
  public static KeyYield of(BellDiagonal state, Operations left, Operations right) {
    return new KeyYield(
        read(state.qber(Basis.Z), left, right), read(state.qber(Basis.X), left, right));
  }

  private static double read(double qber, Operations left, Operations right) {
    double a = left.readoutErrorProbability();
    double b = right.readoutErrorProbability();
    double flips = a + b - 2 * a * b;
    return qber + flips - 2 * qber * flips;
  }

  /// Key bits a delivered pair yields after sifting, BBM92, in the limit of long blocks (measured
  /// in the key basis nine times in ten) and perfect reconciliation.
  public double asymptoticBitsPerPair() {
    return keyBasisShare(LONG_BLOCK_BASES) * Math.max(0, SecretKey.bbm92Fraction(qberZ, qberX, 1));
  }

  /// Share of delivered pairs that both ends measure in the key basis.
  public static double keyBasisShare(RandomBases bases) {
    double p = bases.keyBasisProbability();
    return (1 - 1.0 / bases.tomographyEvery()) * p * p;
  }

  /// Secret bits that a block of `pairs` delivered pairs certifies when it is measured as `bases`
  /// say, with expected numbers of pairs in both bases and the error rate in the test basis
  /// `sigmas` standard deviations above its expectation.
  public long blockBits(double pairs, RandomBases bases, double sigmas) {
    double p = bases.keyBasisProbability();
    double keyBits = pairs * keyBasisShare(bases);
    double testBits = Math.floor(keyBits * (1 - p) * (1 - p) / (p * p));
    if (testBits < 1) {
      return 0;
    }
    double unlucky = qberX + sigmas * Math.sqrt(qberX * (1 - qberX) / testBits);
    double leaked = SecretKey.RECONCILIATION_EFFICIENCY * keyBits * SecretKey.binaryEntropy(qberZ);
    return SecretKey.finiteKeyBits(
        (long) keyBits,
        (long) testBits,
        Math.min(unlucky, 0.5),
        leaked,
        SecretKey.EPSILON_SECRECY,
        SecretKey.EPSILON_CORRECTNESS);
  }
}
