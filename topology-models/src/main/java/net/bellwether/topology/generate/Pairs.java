package net.bellwether.topology.generate;

import java.util.Arrays;

/// A growing list of pairs of node numbers, 8 bytes each.
final class Pairs {
  private long[] packed = new long[1024];
  private int count;

  void add(int a, int b) {
    if (count == packed.length) {
      packed = Arrays.copyOf(packed, 2 * count);
    }
    packed[count++] = (long) a << 32 | b;
  }

  /// Sorts the pairs from the one of index `first` on, by ends.
  void sortFrom(int first) {
    Arrays.sort(packed, first, count);
  }

  int count() {
    return count;
  }

  int a(int index) {
    return (int) (packed[index] >> 32);
  }

  int b(int index) {
    return (int) packed[index];
  }
}
