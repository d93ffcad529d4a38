package net.bellwether.agent.distill;

import org.jspecify.annotations.Nullable;

/// The leading end's side of reconciliation: tells parities of its bits and counts every one.
final class ParityOracle {
  private final Bits bits;
  private final long seed;
  private final int[] @Nullable [] positions = new int[Cascade.PASSES][];
  private long disclosed;

  ParityOracle(Bits bits, long seed) {
    this.bits = bits;
    this.seed = seed;
  }

  /// Parities disclosed so far: exactly the bits sent.
  long disclosed() {
    return disclosed;
  }

  /// Answers one ASK frame.
  byte[] answer(FrameReader ask) {
    Bits parities = new Bits(64);
    int passes = ask.number(Cascade.PASSES, "passes");
    if (passes == 0) {
      answerRanges(ask, parities);
    }
    for (int i = 0; i < passes; i++) {
      int pass = ask.number(Cascade.PASSES - 1, "pass");
      int size = ask.number(bits.length(), "block size");
      if (size < 1) {
        throw new ProtocolViolation("block size (0) must be at least 1");
      }
      answerBlocks(pass, size, parities);
    }
    ask.end();
    disclosed += parities.length();
    if (disclosed > bits.length()) {
      throw new ProtocolViolation("more parities asked for than there are bits");
    }
    return new FrameWriter(FrameType.PARITIES).bits(parities).frame();
  }

  /// Parities of all blocks of a pass. In later passes the last one follows from the others and
  /// from the first pass, and stays untold.
  private void answerBlocks(int pass, int size, Bits parities) {
    int blocks = Cascade.blockCount(bits.length(), size) - (pass == 0 ? 0 : 1);
    for (int block = 0; block < blocks; block++) {
      int from = block * size;
      parities.append(parity(pass, from, Math.min(from + size, bits.length())));
    }
  }

  private void answerRanges(FrameReader ask, Bits parities) {
    int pass = ask.number(Cascade.PASSES - 1, "pass");
    int count = ask.number(bits.length(), "ranges");
    int at = 0;
    for (int i = 0; i < count; i++) {
      int from = at + ask.number(bits.length() - at, "start of range");
      int to = from + ask.number(bits.length() - from, "length of range");
      parities.append(parity(pass, from, to));
      at = from;
    }
  }

  private boolean parity(int pass, int from, int to) {
    int[] order = positions[pass];
    if (order == null) {
      order = Permutation.positions(bits.length(), seed, pass);
      positions[pass] = order;
    }
    boolean parity = false;
    for (int i = from; i < to; i++) {
      parity ^= bits.get(order[i]);
    }
    return parity;
  }
}
