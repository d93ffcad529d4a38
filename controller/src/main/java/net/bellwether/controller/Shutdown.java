package net.bellwether.controller;

import java.util.concurrent.CountDownLatch;

/// Why and when the controller ends: on request, or because its store failed.
final class Shutdown {
  private final CountDownLatch latch = new CountDownLatch(1);
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
}
