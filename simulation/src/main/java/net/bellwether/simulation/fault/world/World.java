package net.bellwether.simulation.fault.world;

import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// One thread, virtual time, one seed: what happens when. Things of one time happen in the order in
/// which they were put down.
public final class World {
  public static final long MILLI = 1_000;
  public static final long SECOND = 1_000_000;

  /// The run itself, a controller at its store, and one more.
  private static final int WAITING_MAX = 3;

  private static final RandomGeneratorFactory<RandomGenerator> RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final RandomGenerator random;
  private final Timeline timeline = new Timeline(this);
  private final FaultCounts faults = new FaultCounts();
  private long nowMicros;
  private long eventCount;
  private int waiting;

  private record Event(long atMicros, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(atMicros, other.atMicros);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  public World(long seed) {
    random = RANDOM.create(seed);
  }

  public long nowMicros() {
    return nowMicros;
  }

  public Timeline timeline() {
    return timeline;
  }

  public FaultCounts faults() {
    return faults;
  }

  /// True with this probability.
  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /// In [low, high].
  public long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// Another source, decided by the seed too.
  public RandomGenerator randomGenerator() {
    return RANDOM.create(random.nextLong());
  }

  /// `action` happens `delayMicros` from now.
  public void after(long delayMicros, Runnable action) {
    events.add(new Event(nowMicros + delayMicros, eventCount++, action));
  }

  /// Lets happen what happens until then.
  public void runUntil(long micros) {
    await(() -> false, micros);
  }

  /// Waits in the middle of what happens now, as a thread waits for an answer: everything else goes
  /// on until `over` or until then. Who waits longest is woken last, however short the wait: as
  /// late as any thread may be.
  public void await(BooleanSupplier over, long untilMicros) {
    waiting++;
    try {
      passUntil(over, untilMicros);
    } finally {
      waiting--;
    }
  }

  /// Whether so many wait that nobody else should begin to who can as well begin later.
  public boolean isCrowded() {
    return waiting > WAITING_MAX;
  }

  private void passUntil(BooleanSupplier over, long untilMicros) {
    while (!over.getAsBoolean()) {
      Event next = events.peek();
      if (next == null || next.atMicros > untilMicros) {
        nowMicros = Math.max(nowMicros, untilMicros);
        return;
      }
      events.remove();
      nowMicros = Math.max(nowMicros, next.atMicros);
      next.action.run();
    }
  }
}
