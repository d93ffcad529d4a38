package net.bellwether.agent.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Runs the steps of one ledger one after another, and makes what waits durable together. Opens the
/// files with the first step. Thread-safe.
final class LedgerWriter {
  /// Steps that wait; callers beyond wait a little, then are refused.
  private static final int QUEUE_STEPS = 1024;

  private static final int BATCH_STEPS = 256;
  private static final long ENQUEUE_SECONDS = 5;

  /// Platform threads, because SQLite blocks in native code; at most one a ledger, and none for one
  /// at rest: a waiting thread takes some 90 kB.
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("key-ledger-", 0).factory());

  /// Something to do on the state and its records, durable when `run` returns its result.
  interface Step<T> {
    T run(KeyLedger ledger, LedgerRecords records) throws SQLException;
  }

  private static final class Task<T> {
    private final Step<T> step;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private @Nullable T result;

    Task(Step<T> step) {
      this.step = step;
    }

    /// False where the step was refused and has changed nothing; a step that breaks off half-way
    /// takes the batch with it.
    boolean run(KeyLedger ledger, LedgerRecords records) throws SQLException {
      try {
        result = step.run(ledger, records);
        records.apply(ledger.takeChanges());
        return true;
      } catch (IllegalStateException | IllegalArgumentException e) {
        if (!ledger.takeChanges().isEmpty()) {
          throw e;
        }
        done.completeExceptionally(e);
        return false;
      }
    }

    void complete() {
      done.complete(result);
    }

    void fail(Exception e) {
      done.completeExceptionally(new LedgerUnavailableException(e));
    }
  }

  private static final class OpenLedger {
    private final DurableRecords durable;
    private final LedgerRecords records;
    private KeyLedger ledger;

    OpenLedger(DurableRecords durable) throws SQLException {
      this.durable = durable;
      records = new LedgerRecords(durable);
      ledger = records.load();
    }
  }

  /// Opens the records, or makes them.
  interface Opening {
    DurableRecords open() throws IOException, SQLException;
  }

  private final Opening opening;
  private final Executor threads;
  private final BlockingQueue<Task<?>> queue = new ArrayBlockingQueue<>(QUEUE_STEPS);
  private final AtomicBoolean awake = new AtomicBoolean();

  /// Held by whoever touches the files.
  private final ReentrantLock writing = new ReentrantLock();

  private volatile @Nullable OpenLedger files;
  private volatile boolean closed;

  /// The state could not be read again after a failure: nothing is written any more.
  private volatile boolean lost;

  private volatile boolean ended;

  LedgerWriter(Path directory) {
    this(() -> new SealedRecords(directory), THREADS);
  }

  /// Writes on one of `threads`, which may be the caller's own.
  LedgerWriter(Opening opening, Executor threads) {
    this.opening = opening;
    this.threads = threads;
  }

  boolean isOpen() {
    return files != null;
  }

  /// Opens the files, or makes them.
  void open() throws IOException, SQLException {
    writing.lock();
    try {
      opened();
    } finally {
      writing.unlock();
    }
  }

  private OpenLedger opened() throws IOException, SQLException {
    OpenLedger known = files;
    if (known == null) {
      known = new OpenLedger(opening.open());
      files = known;
    }
    return known;
  }

  <T> T run(Step<T> step) {
    Task<T> task = new Task<>(step);
    try {
      if (closed || !queue.offer(task, ENQUEUE_SECONDS, TimeUnit.SECONDS)) {
        throw new LedgerUnavailableException("key ledger is closed or overloaded");
      }
      wake();
      while (true) {
        try {
          return task.done.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
          if (ended) {
            throw new LedgerUnavailableException("key ledger was closed");
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailableException("interrupted while waiting for the key ledger");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(e.getCause());
    }
  }

  private void wake() {
    if (awake.compareAndSet(false, true)) {
      threads.execute(() -> {
        write();
        awake.set(false);
        // A step that came meanwhile found it awake.
        if (!queue.isEmpty()) {
          wake();
        }
      });
    }
  }

  private void write() {
    writing.lock();
    try {
      List<Task<?>> batch = new ArrayList<>();
      while (!ended && queue.drainTo(batch, BATCH_STEPS) > 0) {
        commit(batch);
        batch.clear();
      }
    } finally {
      writing.unlock();
    }
  }

  private void commit(List<Task<?>> batch) {
    List<Task<?>> done = new ArrayList<>(batch.size());
    if (lost) {
      IllegalStateException reason = new IllegalStateException("key ledger cannot be read again");
      batch.forEach(task -> task.fail(reason));
      return;
    }
    try {
      OpenLedger open = opened();
      for (Task<?> task : batch) {
        if (task.run(open.ledger, open.records)) {
          done.add(task);
        }
      }
      if (open.records.flush(false)) {
        open.durable.commit();
      }
      done.forEach(Task::complete);
    } catch (SQLException | IOException | RuntimeException e) {
      takeStateAgain(e);
      done.forEach(task -> task.fail(e));
      batch.forEach(task -> task.fail(e));
    }
  }

  private void takeStateAgain(Exception failure) {
    OpenLedger open = files;
    if (open != null) {
      try {
        open.durable.rollback();
        open.ledger = open.records.load();
      } catch (SQLException | RuntimeException again) {
        failure.addSuppressed(again);
        closed = true;
        lost = true;
      }
    }
  }

  /// Ends after what is queued; steps that come later are refused.
  void close() {
    closed = true;
    write();
    writing.lock();
    try {
      ended = true;
      OpenLedger open = files;
      if (open != null) {
        if (!lost && open.records.flush(true)) {
          open.durable.commit();
        }
        open.durable.close();
      }
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("key ledger cannot be closed: " + e.getMessage(), e);
    } finally {
      writing.unlock();
    }
  }
}
