package net.bellwether.agent.distill;

/// Bounds of one distillation; both ends hold the other to them.
final class DistillationLimits {
  static final int VERSION = 1;

  /// Pairs in one announcement: a frame of some 20 kB, one round trip.
  static final int BATCH_PAIRS = 8192;

  /// Outcomes an end keeps until they are sifted; the oldest go first. A few seconds of a fast
  /// flow.
  static final int WAITING_PAIRS = 1 << 17;

  /// Blocks may not be smaller: they certify nothing at any error rate.
  static final int LEAST_BLOCK_BITS = 256;

  /// Nor larger: the finite-size penalty is small by then, the permutations take 4 bytes a bit and
  /// pass, and the verification hash is sized for it.
  static final int MOST_BLOCK_BITS = 1 << 18;

  /// Gathered blocks that may wait for reconciliation before sifting pauses.
  static final int WAITING_BLOCKS = 2;

  /// Blocks the following end may have stored without knowing whether the leading end has them: one
  /// a lost stream, as blocks are finished one by one.
  static final int UNSETTLED_BLOCKS = 4096;

  private DistillationLimits() {}

  static int blockBits(int wanted) {
    return Math.clamp(wanted, LEAST_BLOCK_BITS, MOST_BLOCK_BITS);
  }
}
