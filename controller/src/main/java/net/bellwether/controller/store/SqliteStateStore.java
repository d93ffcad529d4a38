package net.bellwether.controller.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The embedded store: SQLite for durability, chained records and an anchor file against what
/// SQLite does not notice, memory for reading. One thread writes, and commits together what waits
/// for it.
///
/// History reaches back at least 10,000 revisions or 64 MiB, whichever is less; operation ids are
/// remembered as long. The present state is limited to 256 MiB.
public final class SqliteStateStore implements StateStore {
  /// The state is held in memory, and written whole when history is folded.
  static final long STATE_BYTES_MAX = 256L << 20;

  /// A controller has a handful; each costs a virtual thread.
  static final int WATCHES_MAX = 1_000;

  private final StoreFiles files;
  private final Retention retention;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CommitQueue queue;

  /// Guarded by `lock`, as is all of it.
  private final History history;

  private int watchCount;
  private boolean closed;

  private SqliteStateStore(StoreFiles files, Retention retention) {
    this.files = files;
    this.retention = retention;
    this.history = files.history();
    this.queue = new CommitQueue(this::write);
  }

  /// Opens the store in `directory`, which is created if need be, verifies all of it and raises the
  /// term.
  ///
  /// @throws StoreDamagedException if a file was altered or lost something
  /// @throws IllegalStateException if another process has the store open, or the disk fails
  public static SqliteStateStore open(Path directory) {
    return open(directory, Retention.STANDARD, InstantSource.system());
  }

  static SqliteStateStore open(Path directory, Retention retention, InstantSource clock) {
    StoreFiles files = StoreFiles.open(directory);
    try {
      History history = files.history();
      LogRecord opening =
          LogRecord.after(
              history.chain(), history.revision() + 1, nextTerm(history, clock), "", List.of());
      files.append(List.of(opening));
      history.apply(opening);
      return new SqliteStateStore(files, retention);
    } catch (SQLException | IOException e) {
      files.close();
      throw new IllegalStateException(
          "store directory (" + directory + ") cannot be written: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /// Rises from opening to opening, and not below the seconds of the wall clock: agents refuse
  /// lower terms than they have seen, also from a store that was restored from a backup or begun
  /// anew.
  private static long nextTerm(History history, InstantSource clock) {
    return Math.max(history.term() + 1, clock.instant().getEpochSecond());
  }

  @Override
  public Optional<Entry> get(String key) {
    StoreLimits.checkKey(key);
    lock.lock();
    try {
      return history.find(key);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Listing list(String prefix, String after, long atRevision, int limit) {
    StoreLimits.checkListing(limit);
    lock.lock();
    try {
      StoreLimits.checkRevision("atRevision", atRevision, 0, history.revision());
      long revision = atRevision == 0 ? history.revision() : atRevision;
      if (revision < history.baseRevision()) {
        throw new RevisionCompactedException(revision, history.baseRevision());
      }
      return history.list(prefix, after, revision, limit);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CommitResult commit(List<Guard> guards, List<Operation> operations, String operationId) {
    StoreLimits.checkCommit(guards, operations, operationId);
    checkSpace(operations);
    return queue.submit(guards, operations, operationId);
  }

  /// Deleting stays possible in a full store. Commits that wait are not counted: they exceed the
  /// limit by a batch at most.
  private void checkSpace(List<Operation> operations) {
    long bytes = 0;
    for (Operation operation : operations) {
      bytes += operation instanceof Operation.Put ? StoreLimits.bytes(operation) : 0;
    }
    lock.lock();
    try {
      if (bytes > 0 && history.stateBytes() + bytes > STATE_BYTES_MAX) {
        throw new IllegalStateException(
            "state (%d bytes) must have at most %d bytes; close sessions or remove records"
                .formatted(history.stateBytes() + bytes, STATE_BYTES_MAX));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Writes one batch; only the queue's thread calls it. Returns once everything is durable.
  private List<CommitResult> write(List<CommitQueue.Request> requests) {
    CommitBatch batch;
    lock.lock();
    try {
      batch = CommitBatch.of(history, requests);
    } finally {
      lock.unlock();
    }
    if (!batch.records().isEmpty()) {
      try {
        files.append(batch.records());
      } catch (SQLException e) {
        return failed(batch, e, files.isUndone(e));
      } catch (IOException e) {
        // Durable in the database but not anchored: the next opening decides.
        return failed(batch, e, false);
      }
      applied(batch.records());
    }
    return batch.results();
  }

  private List<CommitResult> failed(CommitBatch batch, Exception cause, boolean undone) {
    String reason = "the disk failed: " + cause.getMessage();
    if (!undone) {
      queue.fail(reason + "; restart the controller");
    }
    return batch.resultsWithout(reason);
  }

  private void applied(List<LogRecord> records) {
    OptionalLong fold;
    lock.lock();
    try {
      records.forEach(history::apply);
      changed.signalAll();
      fold = history.findFold(retention);
    } finally {
      lock.unlock();
    }
    if (fold.isPresent()) {
      fold(fold.getAsLong());
    }
  }

  /// Reading `history` needs no lock here: only this thread changes it.
  private void fold(long revision) {
    try {
      files.fold(revision);
    } catch (SQLException e) {
      // A full disk: history stays as it is, and the next commit tries again.
      if (!files.isUndone(e)) {
        queue.fail("the disk failed: " + e.getMessage() + "; restart the controller");
      }
      return;
    }
    lock.lock();
    try {
      history.fold(revision);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Watch watch(long fromRevision, Listener listener) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("store is closed");
      }
      StoreLimits.checkRevision("fromRevision", fromRevision, 1, history.revision() + 1);
      if (fromRevision <= history.baseRevision()) {
        throw new RevisionCompactedException(fromRevision, history.baseRevision() + 1);
      }
      if (watchCount == WATCHES_MAX) {
        throw new IllegalStateException(
            "watches (" + (watchCount + 1) + ") must be at most " + WATCHES_MAX);
      }
      watchCount++;
      HistoryWatch watch =
          new HistoryWatch(
              history, lock, changed, () -> closed, this::watchEnded, fromRevision, listener);
      Thread.ofVirtual().name("store-watch").start(watch::run);
      return watch;
    } finally {
      lock.unlock();
    }
  }

  /// Called with the lock held.
  private void watchEnded() {
    watchCount--;
  }

  @Override
  public long revision() {
    lock.lock();
    try {
      return history.revision();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long term() {
    lock.lock();
    try {
      return history.term();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for commits in progress, then closes the files.
  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    queue.close();
    files.close();
  }
}
