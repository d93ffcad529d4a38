package net.bellwether.agent.ledger;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A set of bytes of a block, as disjoint intervals that do not touch.
final class Intervals {
  private final NavigableMap<Integer, Integer> endByStart = new TreeMap<>();

  Intervals copy() {
    Intervals copy = new Intervals();
    copy.endByStart.putAll(endByStart);
    return copy;
  }

  /// Adds [from, to); false, changing nothing, where a byte of it is there already.
  boolean add(int from, int to) {
    Map.Entry<Integer, Integer> before = endByStart.lowerEntry(to);
    if (before != null && before.getValue() > from) {
      return false;
    }
    int start = from;
    int end = to;
    if (before != null && before.getValue() == from) {
      start = before.getKey();
    }
    Integer joined = endByStart.remove(to);
    if (joined != null) {
      end = joined;
    }
    endByStart.put(start, end);
    return true;
  }

  /// End of the interval that begins at 0; 0 where there is none.
  int endOfFirst() {
    return endByStart.getOrDefault(0, 0);
  }

  int startOf(int within) {
    Map.Entry<Integer, Integer> entry = endByStart.floorEntry(within);
    return entry == null ? within : entry.getKey();
  }

  int endOf(int within) {
    Map.Entry<Integer, Integer> entry = endByStart.floorEntry(within);
    return entry == null ? within : entry.getValue();
  }

  boolean covers(int length) {
    return endOfFirst() >= length;
  }

  Map<Integer, Integer> asMap() {
    return Collections.unmodifiableMap(endByStart);
  }
}
