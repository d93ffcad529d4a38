package net.bellwether.topology.physics;

import net.bellwether.topology.pair.Pauli;

/// Secret key from measured pairs: fractions in the limit of many pairs, and bits from a block of
/// finite size.
public final class SecretKey {
  /// Probability that a block's key is not uniform and unknown to an eavesdropper.
  public static final double EPSILON_SECRECY = 1e-10;

  /// Probability that the two ends hold different keys.
  public static final double EPSILON_CORRECTNESS = 1e-15;

  /// Bits leaked by information reconciliation, as a multiple of the Shannon limit.
  public static final double RECONCILIATION_EFFICIENCY = 1.2;

  private static final double LN_2 = StrictMath.log(2);

  private SecretKey() {}

  /// h(p) in bits; 0 at p = 0 and p = 1.
  public static double binaryEntropy(double p) {
    return surprise(p) + surprise(1 - p);
  }

  /// Secret bits per sifted key-basis pair, at least 0: 1 - f h(eZ) - h(eX) [bbm92, shor2000].
  /// `reconciliationEfficiency` f is at least 1. An error rate above 1/2 counts as 1/2.
  public static double bbm92Fraction(double eZ, double eX, double reconciliationEfficiency) {
    return Math.max(0, 1 - reconciliationEfficiency * cappedEntropy(eZ) - cappedEntropy(eX));
  }

  /// Secret bits per pair when all three bases are estimated, at least 0: the hashing bound 1 -
  /// H(state) [bennett1996, lo2001].
  public static double sixStateFraction(BellDiagonal state) {
    double entropy = 0;
    for (Pauli pauli : Pauli.values()) {
      entropy += surprise(state.probability(pauli));
    }
    return Math.max(0, 1 - entropy);
  }

  /// How far the phase error rate of `n` key-basis pairs may exceed that observed on `k` test
  /// pairs, except with probability of order `epsSec` \[tomamichel2012\].
  public static double deviationMu(long n, long k, double epsSec) {
    double key = n;
    double test = k;
    return StrictMath.sqrt(
        (key + test) / (key * test) * (test + 1) / test * StrictMath.log(4 / epsSec));
  }

  /// Bits of key that `n` key-basis pairs certify given the error rate `eX` on `k` test pairs and
  /// `leakedBits` told in public, at least 0 \[tomamichel2012\], with perfect preparation.
  public static long finiteKeyBits(
      long n, long k, double eX, double leakedBits, double epsSec, double epsCor) {
    if (n <= 0 || k <= 0) {
      return 0;
    }
    return Math.max(0, (long) Math.floor(certifiedBits(n, k, eX, leakedBits, epsSec, epsCor)));
  }

  /// Before rounding; negative where the block certifies nothing.
  static double certifiedBits(
      long n, long k, double eX, double leakedBits, double epsSec, double epsCor) {
    double phaseError = eX + deviationMu(n, k, epsSec);
    return n * (1 - cappedEntropy(phaseError)) - leakedBits - (1 - 2 * log2(epsSec) - log2(epsCor));
  }

  private static double log2(double x) {
    return StrictMath.log(x) / LN_2;
  }

  private static double cappedEntropy(double errorRate) {
    return binaryEntropy(Math.min(0.5, errorRate));
  }

  private static double surprise(double p) {
    return p > 0 ? -p * log2(p) : 0;
  }
}
