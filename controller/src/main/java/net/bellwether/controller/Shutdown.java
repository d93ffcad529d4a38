package net.bellwether.controller;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Why and when the controller ends: on request, or because its store failed.
final class Shutdown {
  private final CountDownLatch latch = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean failed;

  void request() {
    latch.countDown();
  }

  void fail() {
    failed = true;
    latch.countDown();
  }

  boolean hasFailed() {
    return failed;
  }

  void await() throws InterruptedException {
    latch.await();
  }

  /// Everything is closed: the process may end.
  void closed() {
    closed.countDown();
  }

  void awaitClosed(long seconds) throws InterruptedException {
    if (!closed.await(seconds, TimeUnit.SECONDS)) {
      throw new InterruptedException("not everything was closed within " + seconds + " s");
    }
  }
}
