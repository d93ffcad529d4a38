package net.bellwether.controller.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The files of one store, locked against other processes: `store.db` (with `store.db-wal`) and
/// `anchor`. Opening verifies both against each other. For one thread.
final class StoreFiles implements AutoCloseable {
  private final FileChannel lock;
  private final Anchor anchor;
  private final SqliteLog log;
  private final UUID store;
  private final History history;

  private StoreFiles(FileChannel lock, Anchor anchor, SqliteLog log, UUID store, History history) {
    this.lock = lock;
    this.anchor = anchor;
    this.log = log;
    this.store = store;
    this.history = history;
  }

  /// @throws StoreDamagedException if a file was altered or lost something
  static StoreFiles open(Path directory) {
    try {
      createDirectory(directory);
      FileChannel lock = lock(directory);
      try {
        return openLocked(directory, lock);
      } catch (IOException | SQLException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(
          "store directory (" + directory + ") cannot be opened: " + e.getMessage(), e);
    }
  }

  private static void createDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(directory);
    if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      // Names of tenants and their sessions concern nobody else on the machine.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException _) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new IllegalStateException(
          "store directory (" + directory + ") must be used by one process, but another has it");
    }
    return channel;
  }

  private static StoreFiles openLocked(Path directory, FileChannel lock)
      throws IOException, SQLException {
    Path database = directory.resolve("store.db");
    Path anchorFile = directory.resolve("anchor");
    if (!Files.exists(anchorFile)) {
      if (Files.exists(database) || Files.exists(directory.resolve("store.db-wal"))) {
        throw new StoreDamagedException(anchorFile, "it is missing, beside a database");
      }
      // The anchor comes first: from here on a missing database is known to have held nothing.
      Anchor.create(anchorFile, Anchor.Mark.ofNew(UUID.randomUUID()));
    }
    Anchor.Mark mark =
        Anchor.read(anchorFile)
            .orElseThrow(
                () -> new StoreDamagedException(anchorFile, "neither of its copies is whole"));
    // SQLite deletes the log beside an empty database: it must not even look.
    boolean isEmpty = !Files.exists(database) || Files.size(database) == 0;
    Optional<History> found =
        isEmpty ? Optional.empty() : SqliteLog.verified(database, mark.store());
    if (found.isEmpty() && mark.revision() > 0) {
      throw new StoreDamagedException(
          database, "it is missing or empty; revision " + mark.revision() + " was acknowledged");
    }
    History history =
        found.orElseGet(() ->
            new History(new History.Base(0, Anchor.Mark.ofNew(mark.store()).chain(), List.of())));
    check(database, history, mark);
    SqliteLog log = SqliteLog.open(database, mark.store(), found.isEmpty());
    try {
      if (log.rollback() != history.revision()) {
        throw new StoreDamagedException(database, "it changed while it was being opened");
      }
      return new StoreFiles(lock, Anchor.open(anchorFile), log, mark.store(), history);
    } catch (IOException | SQLException | RuntimeException e) {
      log.close();
      throw e;
    }
  }

  private static void check(Path database, History history, Anchor.Mark mark) {
    if (history.revision() < mark.revision()) {
      throw new StoreDamagedException(
          database,
          "it ends at revision %d, but revision %d was acknowledged (the end of %s-wal is lost or altered)"
              .formatted(history.revision(), mark.revision(), database.getFileName()));
    }
    if (mark.revision() < history.baseRevision()
        || !history.chainAt(mark.revision()).equals(mark.chain())
        || history.term() < mark.term()) {
      throw new StoreDamagedException(
          database, "revision " + mark.revision() + " is not the one that was acknowledged");
    }
  }

  /// What was found; [#append] and [#fold] do not change it.
  History history() {
    return history;
  }

  /// Makes the records durable in both files. They are not applied to the history.
  void append(List<LogRecord> records) throws SQLException, IOException {
    log.append(records);
    LogRecord last = records.getLast();
    anchor.write(new Anchor.Mark(store, last.revision(), last.term(), last.chain()));
  }

  void fold(long revision) throws SQLException {
    log.fold(history.baseAt(revision), history.keysChangedUntil(revision), history);
  }

  /// True if an append or fold that failed for `cause` left no trace, and the store may go on. Only
  /// a full disk is such a cause: after a failed sync nobody knows what the disk holds.
  boolean isUndone(SQLException cause) {
    try {
      return log.rollback() == history.revision()
          && cause instanceof SQLiteException sqlite
          && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
    } catch (SQLException _) {
      return false;
    }
  }

  @Override
  public void close() {
    try (lock;
        anchor;
        log) {
      // Closing is all there is to do; SQLite moves its log into the database as it closes.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("store cannot be closed: " + e.getMessage(), e);
    }
  }
}
