package net.bellwether.agent.distill;

import net.bellwether.topology.physics.SecretKey;

/// How much key a verified block certifies; both ends compute it for themselves.
final class KeyLength {
  private KeyLength() {}

  /// Whole bytes of key, in bits, after `parities` disclosed parities and the verification tag.
  static int bits(GatheredBlock block, long parities) {
    if (block.testCompared() == 0) {
      return 0;
    }
    long certified =
        SecretKey.finiteKeyBits(
            block.key().length(),
            block.testCompared(),
            (double) block.testErrors() / block.testCompared(),
            (double) parities + VerificationHash.TAG_BITS,
            SecretKey.EPSILON_SECRECY,
            SecretKey.EPSILON_CORRECTNESS);
    return Math.clamp(certified & ~7L, 0, block.key().length());
  }
}
