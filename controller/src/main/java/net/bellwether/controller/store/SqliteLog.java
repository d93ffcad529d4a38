package net.bellwether.controller.store;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/// The database file: a base state and the chained records since then. For one thread.
///
/// SQLite alone does not notice altered bytes: it drops the tail of a damaged log and reads altered
/// pages. So nothing read from it is believed before the chain over all records, the digest of the
/// base and SQLite's own structure check agree.
final class SqliteLog implements AutoCloseable {
  private static final int FORMAT = 1;
  private static final String SCHEMA =
      """
      CREATE TABLE meta (
        format INTEGER NOT NULL, store TEXT NOT NULL, revision INTEGER NOT NULL,
        chain BLOB NOT NULL, digest BLOB NOT NULL);
      CREATE TABLE base (
        key TEXT PRIMARY KEY, revision INTEGER NOT NULL, value BLOB NOT NULL) WITHOUT ROWID;
      CREATE TABLE log (
        revision INTEGER PRIMARY KEY, record BLOB NOT NULL, chain BLOB NOT NULL);
      """;

  private final Connection connection;
  private final UUID store;

  private SqliteLog(Connection connection, UUID store) {
    this.connection = connection;
    this.store = store;
  }

  /// Reads and verifies everything without changing a byte, so that a damaged store stays as it was
  /// found. Empty if the file holds no store.
  static Optional<History> verified(Path file, UUID store) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = connect(config, file)) {
      if (!hasTables(connection)) {
        return Optional.empty();
      }
      SqliteLog log = new SqliteLog(connection, store);
      log.checkStructure(file);
      History history = new History(log.base(file));
      log.replay(file, history);
      return Optional.of(history);
    } catch (SQLException e) {
      throw new StoreDamagedException(file, "SQLite cannot read it (" + e.getMessage() + ")", e);
    }
  }

  /// Opens for writing; creates the tables of a new store.
  static SqliteLog open(Path file, UUID store, boolean isNew) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setOpenMode(SQLiteOpenMode.CREATE);
    Connection connection = connect(config, file);
    try (Statement statement = connection.createStatement()) {
      // Exclusive before the first access: no shared-memory file that could be damaged.
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA trusted_schema = OFF");
      connection.setAutoCommit(false);
      SqliteLog log = new SqliteLog(connection, store);
      if (isNew) {
        statement.executeUpdate(SCHEMA);
        Anchor.Mark mark = Anchor.Mark.ofNew(store);
        log.insertMeta(new History.Base(0, mark.chain(), List.of()));
      }
      connection.commit();
      return log;
    } catch (SQLException e) {
      try (connection) {
        throw e;
      }
    }
  }

  private static Connection connect(SQLiteConfig config, Path file) throws SQLException {
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private static boolean hasTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
      return rows.next() && rows.getInt(1) > 0;
    }
  }

  private void checkStructure(Path file) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check(1)")) {
      String finding = rows.next() ? rows.getString(1) : "no answer";
      if (!finding.equals("ok")) {
        throw new StoreDamagedException(file, "its structure is broken (" + finding + ")");
      }
    }
  }

  private History.Base base(Path file) throws SQLException {
    List<StateStore.Entry> entries = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery("SELECT key, revision, value FROM base ORDER BY key")) {
        while (rows.next()) {
          entries.add(new StateStore.Entry(rows.getString(1), bytes(rows, 3), rows.getLong(2)));
        }
      }
      try (ResultSet rows =
          statement.executeQuery("SELECT format, store, revision, chain, digest FROM meta")) {
        if (!rows.next()) {
          throw new StoreDamagedException(file, "its description is missing");
        }
        History.Base base = new History.Base(rows.getLong(3), bytes(rows, 4), entries);
        if (!digest(rows.getInt(1), rows.getString(2), base).equals(bytes(rows, 5))) {
          throw new StoreDamagedException(file, "its base does not match its checksum");
        }
        if (rows.getInt(1) != FORMAT || !rows.getString(2).equals(store.toString())) {
          throw new StoreDamagedException(
              file, "it belongs to another store or format than the anchor beside it");
        }
        return base;
      }
    }
  }

  private void replay(Path file, History history) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT revision, record, chain FROM log ORDER BY revision")) {
      while (rows.next()) {
        long expected = history.revision() + 1;
        if (rows.getLong(1) != expected) {
          throw new StoreDamagedException(file, "revision " + expected + " is missing");
        }
        byte[] encoded = bytes(rows, 2).toByteArray();
        ByteString chain = LogRecord.chain(history.chain(), encoded);
        if (!chain.equals(bytes(rows, 3))) {
          throw new StoreDamagedException(
              file, "the record of revision " + expected + " does not match its checksum");
        }
        history.apply(LogRecord.decode(encoded, chain));
      }
    }
  }

  private static ByteString bytes(ResultSet rows, int column) throws SQLException {
    byte[] bytes = rows.getBytes(column);
    return bytes == null ? ByteString.EMPTY : ByteString.copyFrom(bytes);
  }

  /// Makes all records durable, or none.
  void append(List<LogRecord> records) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO log (revision, record, chain) VALUES (?, ?, ?)")) {
      for (LogRecord record : records) {
        insert.setLong(1, record.revision());
        insert.setBytes(2, record.encoded());
        insert.setBytes(3, record.chain().toByteArray());
        insert.executeUpdate();
      }
    }
    connection.commit();
  }

  /// Makes `base` the beginning of the kept history, durably, or changes nothing. `changed` are the
  /// keys that may differ from the former base.
  void fold(History.Base base, Set<String> changed, History history) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM base WHERE key = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO base (key, revision, value) VALUES (?, ?, ?)")) {
      for (String key : changed) {
        delete.setString(1, key);
        delete.executeUpdate();
        Optional<StateStore.Entry> entry = history.findAt(key, base.revision());
        if (entry.isPresent()) {
          insert.setString(1, key);
          insert.setLong(2, entry.get().revision());
          insert.setBytes(3, entry.get().value().toByteArray());
          insert.executeUpdate();
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM log WHERE revision <= " + base.revision());
      statement.executeUpdate("DELETE FROM meta");
    }
    insertMeta(base);
    connection.commit();
  }

  private void insertMeta(History.Base base) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO meta (format, store, revision, chain, digest) VALUES (?, ?, ?, ?, ?)")) {
      insert.setInt(1, FORMAT);
      insert.setString(2, store.toString());
      insert.setLong(3, base.revision());
      insert.setBytes(4, base.chain().toByteArray());
      insert.setBytes(5, digest(FORMAT, store.toString(), base).toByteArray());
      insert.executeUpdate();
    }
  }

  /// Undoes what a failed append or fold left; returns the last durable revision.
  long rollback() throws SQLException {
    connection.rollback();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT max(revision) FROM log")) {
      long revision = rows.next() ? rows.getLong(1) : 0;
      connection.commit();
      return revision;
    }
  }

  /// SHA-256 over every field, each after its length.
  private static ByteString digest(int format, String store, History.Base base) {
    MessageDigest sha = LogRecord.sha256();
    update(sha, (format + " " + store + " " + base.revision()).getBytes(StandardCharsets.UTF_8));
    update(sha, base.chain().toByteArray());
    for (StateStore.Entry entry : base.entries()) {
      update(sha, (entry.revision() + " " + entry.key()).getBytes(StandardCharsets.UTF_8));
      update(sha, entry.value().toByteArray());
    }
    return ByteString.copyFrom(sha.digest());
  }

  private static void update(MessageDigest sha, byte[] bytes) {
    sha.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
    sha.update((byte) ' ');
    sha.update(bytes);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
