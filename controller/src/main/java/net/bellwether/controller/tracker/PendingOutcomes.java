package net.bellwether.controller.tracker;

/// Outcomes by sequence and end, at most `capacity` (a power of two) of them: open addressing in
/// one array, at most half full. An entry is `(sequence + 1) * 4 + end * 2 + bit`; 0 is no entry.
final class PendingOutcomes {
  static final int NONE = -1;

  /// 2^64 over the golden ratio: spreads neighbouring sequences evenly \[knuth1998, section 6.4\].
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final long[] slots;
  private final int shift;
  private int size;

  PendingOutcomes(int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity (" + capacity + ") must be a power of two");
    }
    slots = new long[2 * capacity];
    shift = Long.numberOfLeadingZeros(slots.length) + 1;
  }

  int capacity() {
    return slots.length / 2;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == capacity();
  }

  /// The same in twice the capacity.
  PendingOutcomes grown() {
    PendingOutcomes larger = new PendingOutcomes(2 * capacity());
    for (long entry : slots) {
      if (entry != 0) {
        larger.put(entry >>> 1, (int) (entry & 1));
      }
    }
    return larger;
  }

  /// Keeps an outcome; of the same end again, the last one holds. Must not be full.
  void put(long sequence, boolean fromB, int bit) {
    put(name(sequence, fromB), bit);
  }

  private void put(long name, int bit) {
    int slot = slot(name);
    while (slots[slot] != 0 && slots[slot] >>> 1 != name) {
      slot = next(slot);
    }
    size += slots[slot] == 0 ? 1 : 0;
    slots[slot] = name << 1 | bit;
  }

  /// Removes the outcome of one end and answers it: 0, 1 or `NONE`.
  int take(long sequence, boolean fromB) {
    long name = name(sequence, fromB);
    int slot = slot(name);
    while (slots[slot] != 0) {
      if (slots[slot] >>> 1 == name) {
        int bit = (int) (slots[slot] & 1);
        remove(slot);
        return bit;
      }
      slot = next(slot);
    }
    return NONE;
  }

  /// Entries behind the gap that may stand in it move up, so that none is cut off from its place.
  private void remove(int removed) {
    int gap = removed;
    for (int slot = next(gap); slots[slot] != 0; slot = next(slot)) {
      int wanted = slot(slots[slot] >>> 1);
      if (((slot - wanted) & (slots.length - 1)) >= ((slot - gap) & (slots.length - 1))) {
        slots[gap] = slots[slot];
        gap = slot;
      }
    }
    slots[gap] = 0;
    size--;
  }

  private static long name(long sequence, boolean fromB) {
    return (sequence + 1) << 1 | (fromB ? 1 : 0);
  }

  private int slot(long name) {
    return (int) ((name * SPREAD) >>> shift);
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }
}
