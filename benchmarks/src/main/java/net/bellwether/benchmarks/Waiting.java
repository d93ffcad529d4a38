package net.bellwether.benchmarks;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what other programs do.
public final class Waiting {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final long LOOK_NANOS = 20_000_000L;

  private Waiting() {}

  /// Returns once `condition` holds.
  ///
  /// @throws IllegalStateException where it does not within four minutes
  public static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("gave up after " + PATIENCE.toSeconds() + " s");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
