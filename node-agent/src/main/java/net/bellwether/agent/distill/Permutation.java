package net.bellwether.agent.distill;

/// The order in which a reconciliation pass reads the bits: known to both ends from a public seed.
final class Permutation {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Permutation() {}

  /// Bit position at each index of pass `pass`; the first pass keeps the natural order.
  static int[] positions(int length, long seed, int pass) {
    int[] positions = new int[length];
    for (int i = 0; i < length; i++) {
      positions[i] = i;
    }
    if (pass == 0) {
      return positions;
    }
    long state = mixed(seed + pass * GOLDEN);
    for (int i = length - 1; i > 0; i--) {
      state += GOLDEN;
      int other = (int) Math.unsignedMultiplyHigh(mixed(state), i + 1L);
      int swapped = positions[i];
      positions[i] = positions[other];
      positions[other] = swapped;
    }
    return positions;
  }

  /// Finaliser of SplitMix64; written out so that both ends agree whatever their runtime.
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
