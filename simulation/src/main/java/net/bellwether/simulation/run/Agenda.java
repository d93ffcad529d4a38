package net.bellwether.simulation.run;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/// What the scenario does at which time; things of one time in the order they were put down.
final class Agenda {
  private final PriorityQueue<Item> items =
      new PriorityQueue<>(Comparator.comparingLong(Item::atMillis).thenComparingLong(Item::number));
  private long count;

  private record Item(long atMillis, long number, LongConsumer action) {}

  /// Never where `atSeconds` is infinite.
  void put(double atSeconds, LongConsumer action) {
    if (atSeconds < Double.POSITIVE_INFINITY) {
      items.add(new Item(Math.round(atSeconds * 1e3), count++, action));
    }
  }

  /// Does everything that is due at `millis`.
  void doUntil(long millis) {
    for (Item next = items.peek(); next != null && next.atMillis() <= millis; next = items.peek()) {
      items.remove();
      next.action().accept(millis);
    }
  }
}
