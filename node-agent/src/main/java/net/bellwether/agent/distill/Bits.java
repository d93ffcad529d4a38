package net.bellwether.agent.distill;

import java.util.Arrays;

/// A growing string of bits, packed least significant bit first.
final class Bits {
  private long[] words;
  private int length;

  Bits(int capacity) {
    words = new long[Math.max(1, (capacity + 63) >>> 6)];
  }

  static Bits fromBytes(byte[] bytes, int length) {
    Bits bits = new Bits(length);
    for (int i = 0; i < length; i++) {
      bits.append(((bytes[i >>> 3] >>> (i & 7)) & 1) != 0);
    }
    return bits;
  }

  int length() {
    return length;
  }

  void append(boolean bit) {
    if (length == words.length << 6) {
      words = Arrays.copyOf(words, words.length * 2);
    }
    if (bit) {
      words[length >>> 6] |= 1L << length;
    }
    length++;
  }

  boolean get(int index) {
    return ((words[index >>> 6] >>> index) & 1) != 0;
  }

  void flip(int index) {
    words[index >>> 6] ^= 1L << index;
  }

  /// Bits 64 `index` to 64 `index` + 63; zero beyond the end.
  long word(int index) {
    return index < words.length ? words[index] : 0;
  }

  int wordCount() {
    return (length + 63) >>> 6;
  }

  byte[] toBytes() {
    byte[] bytes = new byte[(length + 7) >>> 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (words[i >>> 3] >>> ((i & 7) << 3));
    }
    return bytes;
  }

  void wipe() {
    Arrays.fill(words, 0);
  }
}
