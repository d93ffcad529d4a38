package net.bellwether.topology.pair;

import java.util.Arrays;

/// Outcomes of link test pairs at one end, packed: for each pair, in rising order of sequence, one
/// number `2 * step + bit`, where `step` is the sequence less that of the pair before (of the
/// first: less -1). Numbers are written in groups of seven bits, lowest first, with the top bit of
/// a byte set where another follows. A frame of neighbouring pairs has one byte a pair.
///
/// Every frame that exists is well-formed; `cursor` reads it without an object a pair. Immutable.
public final class OutcomeFrame {
  /// More is reported in several frames: ten seconds of 2,000 test pairs a second.
  public static final int OUTCOMES_MAX = 20_000;

  /// Highest sequence: 10^18, far from where arithmetic wraps.
  public static final long SEQUENCE_MAX = 1_000_000_000_000_000_000L;

  private static final int GROUP_BITS = 7;
  private static final int GROUP_MASK = (1 << GROUP_BITS) - 1;
  private static final int BYTES_PER_OUTCOME_MAX = 9;

  private final byte[] bytes;
  private final int count;

  private OutcomeFrame(byte[] bytes, int count) {
    this.bytes = bytes;
    this.count = count;
  }

  /// Reads a frame that came from elsewhere.
  ///
  /// @throws IllegalArgumentException where it is malformed; says at which byte, and the rule
  public static OutcomeFrame parse(byte[] bytes) {
    if (bytes.length > OUTCOMES_MAX * BYTES_PER_OUTCOME_MAX) {
      throw new IllegalArgumentException(
          "outcomes (%d bytes) must be at most %d bytes"
              .formatted(bytes.length, OUTCOMES_MAX * BYTES_PER_OUTCOME_MAX));
    }
    byte[] own = bytes.clone();
    return new OutcomeFrame(own, checkedCount(own));
  }

  private static int checkedCount(byte[] bytes) {
    long sequence = -1;
    int count = 0;
    int at = 0;
    while (at < bytes.length) {
      int start = at;
      long number = 0;
      int shift = 0;
      while (bytes[at] < 0) {
        number |= (long) (bytes[at] & GROUP_MASK) << shift;
        shift += GROUP_BITS;
        at++;
        if (at == bytes.length || at - start == BYTES_PER_OUTCOME_MAX) {
          throw malformed(start, "must be a whole number of at most 9 bytes");
        }
      }
      number |= (long) bytes[at] << shift;
      if (at > start && bytes[at] == 0) {
        throw malformed(start, "must be written in as few bytes as it needs");
      }
      at++;
      long step = number >>> 1;
      if (step == 0) {
        throw malformed(start, "must have a sequence above that of the pair before");
      }
      if (step > SEQUENCE_MAX - sequence) {
        throw malformed(start, "must have a sequence of at most " + SEQUENCE_MAX);
      }
      sequence += step;
      count++;
    }
    if (count > OUTCOMES_MAX) {
      throw new IllegalArgumentException(
          "outcomes (%d pairs) must be at most %d pairs".formatted(count, OUTCOMES_MAX));
    }
    return count;
  }

  private static IllegalArgumentException malformed(int at, String rule) {
    return new IllegalArgumentException("outcomes: the pair at byte " + at + " " + rule);
  }

  /// Pairs in it.
  public int count() {
    return count;
  }

  /// What is sent.
  public byte[] bytes() {
    return bytes.clone();
  }

  public Cursor cursor() {
    return new Cursor(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutcomeFrame frame && Arrays.equals(bytes, frame.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return count + " outcomes";
  }

  /// Reads a frame once, from the first pair on. Not thread-safe.
  public static final class Cursor {
    private final byte[] bytes;
    private int at;
    private long sequence = -1;
    private int bit;

    private Cursor(byte[] bytes) {
      this.bytes = bytes;
    }

    /// Goes to the next pair; false where there is none.
    public boolean next() {
      if (at == bytes.length) {
        return false;
      }
      long number = bytes[at] & GROUP_MASK;
      int shift = GROUP_BITS;
      while (bytes[at++] < 0) {
        number |= (long) (bytes[at] & GROUP_MASK) << shift;
        shift += GROUP_BITS;
      }
      sequence += number >>> 1;
      bit = (int) (number & 1);
      return true;
    }

    public long sequence() {
      return sequence;
    }

    /// 0 or 1.
    public int bit() {
      return bit;
    }
  }

  /// Packs outcomes one by one. Not thread-safe.
  public static final class Writer {
    private byte[] bytes = new byte[64];
    private int length;
    private int count;
    private long sequence = -1;

    /// Adds the outcome of a pair.
    ///
    /// @throws IllegalArgumentException where the sequence is not above the last one, or too high
    /// @throws IllegalStateException where the frame is full
    public void add(long next, boolean bit) {
      if (next <= sequence || next > SEQUENCE_MAX) {
        throw new IllegalArgumentException(
            "sequence (%d) must be above the one before (%d) and at most %d"
                .formatted(next, sequence, SEQUENCE_MAX));
      }
      if (isFull()) {
        throw new IllegalStateException("a frame must have at most " + OUTCOMES_MAX + " outcomes");
      }
      if (bytes.length - length < BYTES_PER_OUTCOME_MAX) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      }
      long number = (next - sequence) << 1 | (bit ? 1 : 0);
      while (number > GROUP_MASK) {
        bytes[length++] = (byte) (number | ~GROUP_MASK);
        number >>>= GROUP_BITS;
      }
      bytes[length++] = (byte) number;
      sequence = next;
      count++;
    }

    public boolean isFull() {
      return count == OUTCOMES_MAX;
    }

    /// What was added so far.
    public OutcomeFrame frame() {
      return new OutcomeFrame(Arrays.copyOf(bytes, length), count);
    }
  }
}
