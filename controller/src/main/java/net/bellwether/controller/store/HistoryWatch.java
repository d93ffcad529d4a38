package net.bellwether.controller.store;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Follows the history, which serves as its queue: a slow listener costs no memory of its own, and
/// falls behind what is kept at worst.
final class HistoryWatch implements StateStore.Watch {
  private final History history;
  private final ReentrantLock lock;
  private final Condition changed;
  private final BooleanSupplier storeClosed;
  private final Runnable left;
  private final StateStore.Listener listener;
  private long next;
  private boolean ended;

  /// `history`, `storeClosed` and `left` are only touched with `lock` held; `changed` belongs to
  /// it.
  HistoryWatch(
      History history,
      ReentrantLock lock,
      Condition changed,
      BooleanSupplier storeClosed,
      Runnable left,
      long fromRevision,
      StateStore.Listener listener) {
    this.history = history;
    this.lock = lock;
    this.changed = changed;
    this.storeClosed = storeClosed;
    this.left = left;
    this.next = fromRevision;
    this.listener = listener;
  }

  void run() {
    String reason = "";
    try {
      while (reason.isEmpty()) {
        reason = step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reason = "the watch was interrupted";
    } catch (RuntimeException | Error e) {
      reason = "the listener failed: " + e;
    }
    boolean byItself = leave();
    if (byItself) {
      listener.ended(reason);
    }
  }

  /// Waits for the next commit and reports it; returns why there is none.
  private String step() throws InterruptedException {
    LogRecord record;
    lock.lock();
    try {
      while (!ended && !storeClosed.getAsBoolean() && next > history.revision()) {
        changed.await();
      }
      if (ended || storeClosed.getAsBoolean()) {
        return "the store was closed";
      }
      if (next <= history.baseRevision()) {
        return "the watch fell behind the kept history; list again";
      }
      record = history.record(next++);
    } finally {
      lock.unlock();
    }
    if (!record.operations().isEmpty()) {
      listener.changed(new StateStore.Change(record.revision(), record.operations()));
    }
    return "";
  }

  private boolean leave() {
    lock.lock();
    try {
      left.run();
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
