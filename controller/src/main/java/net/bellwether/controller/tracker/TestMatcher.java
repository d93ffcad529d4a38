package net.bellwether.controller.tracker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/// Brings together the two outcomes of each test pair, which arrive in separate reports.
final class TestMatcher {
  /// Outcomes that wait for the other end; the oldest go first. At 2,000 test pairs a second this
  /// is half a minute.
  static final int PENDING_MAX = 65_536;

  private record Key(long epoch, long sequence) {}

  /// Bit 0: outcome; bit 1: whether it came from end b.
  private final Map<Key, Integer> pending = new LinkedHashMap<>();

  /// Takes an outcome; when the other end's is there, answers 0 for agreement and 1 for
  /// disagreement.
  OptionalInt match(long epoch, long sequence, boolean fromB, int outcome) {
    Key key = new Key(epoch, sequence);
    Integer other = pending.get(key);
    if (other != null && (other >> 1 == 1) != fromB) {
      pending.remove(key);
      return OptionalInt.of((other & 1) ^ outcome);
    }
    pending.put(key, outcome | (fromB ? 2 : 0));
    if (pending.size() > PENDING_MAX) {
      pending.remove(pending.keySet().iterator().next());
    }
    return OptionalInt.empty();
  }
}
