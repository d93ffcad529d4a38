package net.bellwether.agent.ledger;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SequencedMap;

/// Named records that change together. What was put or deleted is seen by `get` and `scan` at once
/// and is durable when `commit` returns. One thread at a time.
public interface DurableRecords extends AutoCloseable {
  void put(String name, byte[] value) throws SQLException;

  void delete(String name) throws SQLException;

  /// Names in [from, to).
  void deleteRange(String from, String to) throws SQLException;

  Optional<byte[]> get(String name) throws SQLException;

  /// Records of a kind by the rest of their name, in order of name.
  SequencedMap<String, byte[]> scan(String kind) throws SQLException;

  void commit() throws SQLException, IOException;

  /// Forgets what was not committed.
  void rollback() throws SQLException;

  @Override
  void close() throws SQLException, IOException;
}
