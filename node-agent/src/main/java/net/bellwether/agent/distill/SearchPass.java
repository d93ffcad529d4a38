package net.bellwether.agent.distill;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// One pass of Cascade at the correcting end: an order of the bits, blocks in it, which of them are
/// odd (their parity differs from the other end's), and the other end's parities known so far.
final class SearchPass {
  private final Bits bits;
  private final int size;
  private final int[] positions;
  private final int[] indexes;
  private final BitSet odd = new BitSet();

  /// Parity of the other end by range (start and end packed). Looked up only, never iterated.
  private final Map<Long, Boolean> parities = new HashMap<>();

  SearchPass(Bits bits, long seed, int pass, int size) {
    this.bits = bits;
    this.size = size;
    positions = Permutation.positions(bits.length(), seed, pass);
    indexes = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      indexes[positions[i]] = i;
    }
  }

  int blockCount() {
    return Cascade.blockCount(bits.length(), size);
  }

  int start(int block) {
    return block * size;
  }

  int end(int block) {
    return Math.min(start(block) + size, bits.length());
  }

  int position(int index) {
    return positions[index];
  }

  void learnBlock(int block, boolean parity) {
    odd.set(block, parity != parity(start(block), end(block)));
  }

  void learn(int from, int to, boolean parity) {
    parities.put(key(from, to), parity);
  }

  boolean knows(int from, int to) {
    return parities.containsKey(key(from, to));
  }

  /// Whether a range whose parity is known is odd now.
  boolean isOdd(int from, int to) {
    return parities.getOrDefault(key(from, to), false) != parity(from, to);
  }

  void flipped(int position) {
    odd.flip(indexes[position] / size);
  }

  boolean hasOddBlock() {
    return !odd.isEmpty();
  }

  int oddBlockFrom(int block) {
    return odd.nextSetBit(block);
  }

  private boolean parity(int from, int to) {
    boolean parity = false;
    for (int i = from; i < to; i++) {
      parity ^= bits.get(positions[i]);
    }
    return parity;
  }

  private static long key(int from, int to) {
    return ((long) from << 32) | to;
  }
}
