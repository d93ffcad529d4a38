package net.bellwether.agent.stream;

import java.util.random.RandomGenerator;

/// Delays between attempts to reconnect: doubling, bounded, and jittered so that the agents of a
/// network do not come back in step. Not safe for use by several threads.
final class Backoff {
  private static final long FIRST_MILLIS = 100;
  private static final long MAX_MILLIS = 3_000;

  private final RandomGenerator random;
  private long nextMillis = FIRST_MILLIS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /// Between half and all of the present delay, which then doubles.
  long nextDelayMillis() {
    long delay = nextMillis / 2 + random.nextLong(nextMillis / 2 + 1);
    nextMillis = Math.min(MAX_MILLIS, nextMillis * 2);
    return delay;
  }

  void reset() {
    nextMillis = FIRST_MILLIS;
  }
}
