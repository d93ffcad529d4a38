package net.bellwether.cli.passage;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets through what is due, unless it is shut. Safe for use by many threads.
final class Gate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean shut;
  private volatile long delayNanos;

  void set(boolean nowShut, long nowDelayNanos) {
    lock.lock();
    try {
      shut = nowShut;
      delayNanos = nowDelayNanos;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// When that which comes now may leave, by [System#nanoTime].
  long dueNanos() {
    return System.nanoTime() + delayNanos;
  }

  /// Returns at `dueNanos` or later, and not while the gate is shut.
  void await(long dueNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long waitNanos = dueNanos - System.nanoTime();
      while (shut || waitNanos > 0) {
        if (shut) {
          changed.await();
        } else {
          var _ = changed.awaitNanos(waitNanos);
        }
        waitNanos = dueNanos - System.nanoTime();
      }
    } finally {
      lock.unlock();
    }
  }
}
