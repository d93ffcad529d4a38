package net.bellwether.scheduler;

import net.bellwether.scheduler.evaluate.KeyYield;
import net.bellwether.topology.rules.BasisPolicy.RandomBases;

/// How much sifted key to distil at once. Small blocks certify nothing at the security parameters
/// in use; large ones keep consumers waiting.
public final class KeyBlocks {
  /// How sessions choose their bases unless they say otherwise; predictions assume it.
  public static final RandomBases DEFAULT_BASES = KeyYield.DEFAULT_BASES;

  /// A block shall yield at least this many bits, one key of the usual size.
  private static final long USEFUL_BITS = 256;

  /// Room for the scatter of the measured error rate around the predicted one.
  private static final double COMFORT = 2.5;

  private static final long SMALLEST_KEY_BITS = 4_096;

  /// Memory and patience end here: 4 Mibit, for a pair of ends at .86 fidelity.
  private static final long LARGEST_KEY_BITS = 1L << 22;

  private KeyBlocks() {}

  /// Sifted key-basis bits to gather per block of a session that delivers as `evaluation` predicts;
  /// the cap where no block within it certifies a key.
  public static long keyBits(Evaluation evaluation) {
    return keyBits(new KeyYield(evaluation.qberZ(), evaluation.qberX(), KeyYield.DEFAULT_BASES));
  }

  /// Key bits per delivered pair at that block size.
  static double finiteBitsPerPair(KeyYield key) {
    long keyBits = keyBits(key);
    return key.keyBasisShare() * (double) key.blockBits(keyBits) / (double) keyBits;
  }

  private static long keyBits(KeyYield key) {
    if (key.blockBits(LARGEST_KEY_BITS) < USEFUL_BITS) {
      return LARGEST_KEY_BITS;
    }
    long tooFew = 0;
    long enough = LARGEST_KEY_BITS;
    while (enough - tooFew > Math.max(1, enough / 64)) {
      long middle = (tooFew + enough) / 2;
      if (key.blockBits(middle) >= USEFUL_BITS) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return Math.clamp((long) (COMFORT * (double) enough), SMALLEST_KEY_BITS, LARGEST_KEY_BITS);
  }
}
