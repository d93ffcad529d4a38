package net.bellwether.agent.key;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.bellwether.v1.KeySession;

/// Tells peers which keys are burnt, until they acknowledge it.
final class BurnNotices implements AutoCloseable {
  private static final long RETRY_SECONDS = 5;

  private final Semaphore wakeUp = new Semaphore(1);
  private final Sessions sessions;
  private final UntoldBurns untold;
  private final Thread thread;
  private volatile boolean closed;

  BurnNotices(Sessions sessions, UntoldBurns untold) {
    this.sessions = sessions;
    this.untold = untold;
    thread = Thread.ofVirtual().name("burn-notices").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// There is something to tell.
  void wake() {
    wakeUp.release();
  }

  private void run() {
    try {
      while (!closed) {
        if (wakeUp.tryAcquire(RETRY_SECONDS, TimeUnit.SECONDS)) {
          wakeUp.drainPermits();
        }
        for (KeySession session : sessions.all()) {
          untold.tell(session, () -> closed);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
