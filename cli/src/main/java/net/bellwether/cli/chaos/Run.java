package net.bellwether.cli.chaos;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Whether load and faults go on. May be asked by any thread.
final class Run {
  private final CountDownLatch ended = new CountDownLatch(1);

  boolean goesOn() {
    return ended.getCount() > 0;
  }

  void end() {
    ended.countDown();
  }

  /// Waits that long, or less where the run ends; whether it goes on.
  boolean pause(Duration time) {
    try {
      return !ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
