package net.bellwether.scheduler.evaluate;

import java.util.Objects;
import net.bellwether.topology.rules.BasisPolicy.RandomBases;
import org.jspecify.annotations.Nullable;

/// How much key to distil at once, and how to measure for it. Small blocks certify nothing at the
/// security parameters in use and need many test pairs; large ones keep consumers waiting. So a
/// block takes the pairs of a few seconds, more where those certify nothing, and the bias of the
/// bases is the one that yields most from a block of that size.
public final class KeyBlocks {
  /// A consumer of good pairs waits about this long for its first key.
  private static final double BLOCK_SECONDS = 6;

  /// Noisy pairs are gathered longer, until they yield this part of what long blocks would ...
  private static final double WORTHWHILE_SHARE = 0.25;

  /// ... but no longer than this, where less certifies something.
  private static final double PATIENCE_SECONDS = 20;

  /// A block shall yield at least this many bits, one key of the usual size, even when the measured
  /// error rate scatters upward by as many standard deviations.
  private static final long USEFUL_BITS = 256;

  private static final double SCATTER_SIGMAS = 3;

  private static final int TOMOGRAPHY_EVERY = 20;

  private static final int SMALLEST_KEY_BITS = 1_024;

  /// Memory of a key manager ends here.
  private static final int LARGEST_KEY_BITS = 1 << 18;

  private static final double GROWTH = 1.25;

  private KeyBlocks() {}

  /// The blocks of a session that delivers so many pairs a second, worth so much key.
  public static KeyBlock of(KeyYield key, double pairsPerSecond) {
    double pairs = Math.max(SMALLEST_KEY_BITS, pairsPerSecond * BLOCK_SECONDS);
    KeyBlock block = best(key, pairs);
    while (isTooSmall(key, block, pairsPerSecond) && block.keyBits() < LARGEST_KEY_BITS) {
      pairs *= GROWTH;
      block = best(key, pairs);
    }
    return block;
  }

  private static boolean isTooSmall(KeyYield key, KeyBlock block, double pairsPerSecond) {
    if (key.blockBits(block.pairs(), block.bases(), SCATTER_SIGMAS) < USEFUL_BITS) {
      return true;
    }
    double worthwhile = WORTHWHILE_SHARE * key.asymptoticBitsPerPair() * block.pairs();
    return block.secretBits() < worthwhile && block.pairs() < pairsPerSecond * PATIENCE_SECONDS;
  }

  /// The bias that yields most from `pairs`; the most balanced one where none yields anything.
  public static KeyBlock best(KeyYield key, double pairs) {
    @Nullable KeyBlock best = null;
    for (int percent = 50; percent <= 95; percent += 5) {
      RandomBases bases = new RandomBases(percent / 100.0, TOMOGRAPHY_EVERY);
      long secretBits = key.blockBits(pairs, bases, 0);
      if (best == null || secretBits > best.secretBits()) {
        double keyBits = pairs * KeyYield.keyBasisShare(bases);
        best =
            new KeyBlock(
                bases,
                pairs,
                (int) Math.clamp(keyBits, SMALLEST_KEY_BITS, LARGEST_KEY_BITS),
                secretBits);
      }
    }
    return Objects.requireNonNull(best);
  }
}
