package net.bellwether.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that touches the state of a node. What happens waits in a bounded queue; who
/// brings more than that waits. After each batch of events their effects are flushed together.
final class NodeLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);

  /// Events are batches themselves, a few hundred a second.
  private static final int QUEUE_MAX = 2_048;

  private static final int BATCH_MAX = 128;

  private final LinkedBlockingQueue<Runnable> events = new LinkedBlockingQueue<>(QUEUE_MAX);
  private final Runnable flush;
  private final Thread thread;
  private volatile boolean closed;

  NodeLoop(String name, Runnable flush) {
    this.flush = flush;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Hands in an event; waits while the queue is full. After `close` nothing happens.
  void post(Runnable event) {
    try {
      if (!closed) {
        events.put(event);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Hands in an event that may be left out; false where the queue is full.
  boolean offer(Runnable event) {
    return !closed && events.offer(event);
  }

  private void run() {
    List<Runnable> batch = new ArrayList<>();
    while (!closed) {
      try {
        batch.add(events.take());
      } catch (InterruptedException _) {
        return;
      }
      events.drainTo(batch, BATCH_MAX);
      batch.forEach(NodeLoop::attempt);
      batch.clear();
      attempt(flush);
    }
  }

  /// One event that cannot be handled must not take the node with it.
  private static void attempt(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException e) {
      LOG.error("event failed", e);
    }
  }

  /// Ends after the batch it is at, whose record must not break off; what waits is dropped.
  @Override
  public void close() {
    closed = true;
    events.clear();
    // Wakes a loop that waits; one that does not will see that it is closed.
    var _ = events.offer(() -> {});
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
