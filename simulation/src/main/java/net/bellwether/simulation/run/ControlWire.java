package net.bellwether.simulation.run;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/// Messages between the controller and agents under way. Every one takes as long as every other, so
/// they arrive in the order they were sent.
final class ControlWire {
  /// One way over a management network of a country.
  static final long LATENCY_MILLIS = 20;

  private final PriorityQueue<Letter> underWay =
      new PriorityQueue<>(
          Comparator.comparingLong(Letter::atMillis).thenComparingLong(Letter::number));
  private long messageCount;

  /// A message that arrives at `atMillis`, which `arrival` is told.
  record Letter(long atMillis, long number, LongConsumer arrival) {}

  void send(long nowMillis, LongConsumer arrival) {
    underWay.add(new Letter(nowMillis + LATENCY_MILLIS, messageCount++, arrival));
  }

  /// The next message that arrives before `millis`.
  Optional<Letter> takeBefore(long millis) {
    Letter next = underWay.peek();
    if (next == null || next.atMillis() >= millis) {
      return Optional.empty();
    }
    return Optional.ofNullable(underWay.poll());
  }

  /// Messages sent so far.
  long messageCount() {
    return messageCount;
  }
}
