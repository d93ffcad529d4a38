package net.bellwether.agent.distill;

/// Polynomial hash over GF(2^64) with modulus x^64 + x^4 + x^3 + x + 1: two different strings of at
/// most 2^18 bits agree for at most 2^12 + 1 of 2^64 seeds, a chance below 2.3e-16, which is under
/// the correctness parameter 1e-15.
final class VerificationHash {
  static final int TAG_BITS = 64;
  private static final long MODULUS = 0x1BL;

  private VerificationHash() {}

  static long tag(Bits bits, long seed) {
    long value = bits.length();
    for (int i = 0; i < bits.wordCount(); i++) {
      value = times(value, seed) ^ bits.word(i);
    }
    return times(value, seed);
  }

  private static long times(long a, long b) {
    long product = 0;
    long shifted = a;
    for (long rest = b; rest != 0; rest >>>= 1) {
      product ^= shifted & -(rest & 1);
      shifted = (shifted << 1) ^ ((shifted >> 63) & MODULUS);
    }
    return product;
  }
}
