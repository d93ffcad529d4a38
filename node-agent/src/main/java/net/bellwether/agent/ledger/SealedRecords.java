package net.bellwether.agent.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Named records in SQLite, each sealed, under one revision that every commit raises. A commit is
/// on disk when `commit` returns. One thread at a time.
final class SealedRecords implements DurableRecords {
  private static final String REVISION = "meta/revision";

  private final Connection connection;
  private final PreparedStatement put;
  private final PreparedStatement delete;
  private final PreparedStatement deleteRange;
  private final PreparedStatement get;
  private final PreparedStatement scan;
  private final KeyEncryptionKey key;
  private final RevisionAnchor anchor;
  private long revision;

  /// Whether there are records in `directory`, or what is left of some.
  static boolean existIn(Path directory) {
    return Files.exists(directory.resolve("ledger.db"))
        || Files.exists(directory.resolve("ledger.key"))
        || Files.exists(directory.resolve("ledger.anchor"));
  }

  SealedRecords(Path directory) throws IOException, SQLException {
    Files.createDirectories(directory);
    Path database = directory.resolve("ledger.db");
    Path keyFile = directory.resolve("ledger.key");
    boolean fresh = !Files.exists(database);
    if (!fresh && !Files.exists(keyFile)) {
      throw new IllegalStateException(
          "%s must be there: without it %s cannot be read".formatted(keyFile, database));
    }
    Path anchorFile = directory.resolve("ledger.anchor");
    if (!fresh && !Files.exists(anchorFile)) {
      throw new IllegalStateException(
          "%s must be there: without it nobody knows whether %s is the last state"
              .formatted(anchorFile, database));
    }
    key = KeyEncryptionKey.open(keyFile, !Files.exists(keyFile), new SecureRandom());
    anchor = new RevisionAnchor(anchorFile);
    connection = DriverManager.getConnection("jdbc:sqlite:" + database);
    try (Statement statement = connection.createStatement()) {
      // One process per state directory; others find the database locked.
      statement.execute("PRAGMA locking_mode=EXCLUSIVE");
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=FULL");
      statement.execute("PRAGMA secure_delete=ON");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS record (name TEXT PRIMARY KEY, sealed BLOB NOT NULL)"
              + " WITHOUT ROWID");
    }
    connection.setAutoCommit(false);
    put = connection.prepareStatement("INSERT OR REPLACE INTO record VALUES (?, ?)");
    delete = connection.prepareStatement("DELETE FROM record WHERE name = ?");
    deleteRange = connection.prepareStatement("DELETE FROM record WHERE name >= ? AND name < ?");
    get = connection.prepareStatement("SELECT sealed FROM record WHERE name = ?");
    scan =
        connection.prepareStatement(
            "SELECT name, sealed FROM record WHERE name >= ? AND name < ? ORDER BY name");
    revision = readRevision();
    long acknowledged = anchor.read();
    if (revision < acknowledged) {
      throw new IllegalStateException(
          "key ledger %s ends at revision %d but %d was acknowledged: its log is damaged"
                  .formatted(database, revision, acknowledged)
              + "\nkeys given out since would be given out again; move the directory away to start"
              + " without stock");
    }
  }

  private long readRevision() throws SQLException {
    return get(REVISION).map(RecordCodec::readLong).orElse(0L);
  }

  @Override
  public void put(String name, byte[] value) throws SQLException {
    put.setString(1, name);
    put.setBytes(2, key.seal(name, value));
    put.executeUpdate();
  }

  @Override
  public void delete(String name) throws SQLException {
    delete.setString(1, name);
    delete.executeUpdate();
  }

  @Override
  public void deleteRange(String from, String to) throws SQLException {
    deleteRange.setString(1, from);
    deleteRange.setString(2, to);
    deleteRange.executeUpdate();
  }

  @Override
  public Optional<byte[]> get(String name) throws SQLException {
    get.setString(1, name);
    try (ResultSet rows = get.executeQuery()) {
      return rows.next() ? Optional.of(key.open(name, rows.getBytes(1))) : Optional.empty();
    }
  }

  @Override
  public SequencedMap<String, byte[]> scan(String kind) throws SQLException {
    scan.setString(1, kind + "/");
    scan.setString(2, kind + "0");
    SequencedMap<String, byte[]> found = new LinkedHashMap<>();
    try (ResultSet rows = scan.executeQuery()) {
      while (rows.next()) {
        String name = rows.getString(1);
        found.put(name.substring(kind.length() + 1), key.open(name, rows.getBytes(2)));
      }
    }
    return found;
  }

  @Override
  public void commit() throws SQLException, IOException {
    put(REVISION, RecordCodec.bytes(revision + 1));
    connection.commit();
    revision++;
    anchor.write(revision);
  }

  @Override
  public void rollback() throws SQLException {
    connection.rollback();
    revision = readRevision();
  }

  @Override
  public void close() throws SQLException, IOException {
    connection.close();
    anchor.close();
  }
}
