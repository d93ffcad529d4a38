package net.bellwether.agent.ledger;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/// The ledger's changes as records, and back. Records changed several times in a batch are written
/// once, by `flush`.
final class LedgerRecords {
  /// Key material is stored in pieces of this size, so that what is given out can be erased: the
  /// size of the key most consumers ask for.
  static final int CHUNK_BYTES = 32;

  private final DurableRecords records;
  private final SequencedMap<String, Optional<byte[]>> unwritten = new LinkedHashMap<>();

  /// Whether anything but counts changed: those alone wait for the next commit.
  private boolean urgent;

  LedgerRecords(DurableRecords records) {
    this.records = records;
  }

  KeyLedger load() throws SQLException {
    unwritten.clear();
    urgent = false;
    KeyLedger ledger = new KeyLedger();
    records
        .scan("counters")
        .forEach((name, bytes) -> ledger.session(name).counters = RecordCodec.readCounters(bytes));
    records
        .scan("block")
        .forEach((name, bytes) -> {
          int slash = name.indexOf('/');
          long number = Long.parseLong(name.substring(slash + 1));
          String session = name.substring(0, slash);
          Block block = RecordCodec.readBlock(session, number, bytes);
          ledger.session(session).blocks.put(number, block);
        });
    records
        .scan("key")
        .forEach((name, bytes) -> {
          var stored = RecordCodec.readReservation(UUID.fromString(name), bytes);
          SessionLedger session = ledger.session(stored.session());
          (stored.own() ? session.own : session.peers).put(stored.key().id(), stored.key());
        });
    records
        .scan("burn")
        .forEach((name, bytes) -> {
          var stored = RecordCodec.readReservation(UUID.fromString(name), bytes);
          ledger.session(stored.session()).toTell.put(stored.key().id(), stored.key());
        });
    return ledger;
  }

  SequencedMap<String, byte[]> sessions() throws SQLException {
    return records.scan("session");
  }

  void putSession(String name, byte[] value) throws SQLException {
    records.put("session/" + name, value);
    urgent = true;
  }

  void putMaterial(String session, long number, byte[] key) throws SQLException {
    for (int from = 0; from < key.length; from += CHUNK_BYTES) {
      byte[] chunk = Arrays.copyOfRange(key, from, Math.min(key.length, from + CHUNK_BYTES));
      records.put(chunk(session, number, from), chunk);
      Arrays.fill(chunk, (byte) 0);
    }
  }

  byte[] material(String session, ReservedKey key) throws SQLException {
    byte[] joined = new byte[key.pieces().stream().mapToInt(KeyPiece::lengthBytes).sum()];
    int at = 0;
    for (KeyPiece piece : key.pieces()) {
      for (long from = piece.offsetBytes(); from < piece.endBytes(); ) {
        int within = (int) (from % CHUNK_BYTES);
        String name = chunk(session, piece.block(), (int) from - within);
        byte[] chunk =
            records
                .get(name)
                .orElseThrow(() -> new IllegalStateException("record " + name + " is missing"));
        int length = (int) Math.min((long) CHUNK_BYTES - within, piece.endBytes() - from);
        System.arraycopy(chunk, within, joined, at, length);
        Arrays.fill(chunk, (byte) 0);
        at += length;
        from += length;
      }
    }
    return joined;
  }

  void apply(List<LedgerChange> changes) throws SQLException {
    for (LedgerChange change : changes) {
      urgent |= !(change instanceof LedgerChange.Counted);
      switch (change) {
        case LedgerChange.BlockChanged(Block block) ->
            later(blockName(block.session, block.number), RecordCodec.bytes(block));
        case LedgerChange.BlockGone(String session, long number, int length) -> {
          unwritten.put(blockName(session, number), Optional.empty());
          records.deleteRange(chunk(session, number, 0), chunk(session, number, length));
        }
        case LedgerChange.MaterialSpent spent -> erase(spent);
        case LedgerChange.Reserved(String session, boolean own, ReservedKey key) ->
            later("key/" + key.id(), RecordCodec.bytes(session, own, key));
        case LedgerChange.ReservationGone(UUID id) -> unwritten.put("key/" + id, Optional.empty());
        case LedgerChange.BurnQueued(String session, ReservedKey key) ->
            later("burn/" + key.id(), RecordCodec.bytes(session, true, key));
        case LedgerChange.BurnTold(String session, UUID id) ->
            unwritten.put("burn/" + id, Optional.empty());
        case LedgerChange.Counted(String session, Counters counters) ->
            later("counters/" + session, RecordCodec.bytes(counters));
      }
    }
  }

  /// Writes what changed since the last flush; false where there was nothing but counts, which wait
  /// unless `all`.
  boolean flush(boolean all) throws SQLException {
    if (!urgent && (!all || unwritten.isEmpty())) {
      return false;
    }
    for (Map.Entry<String, Optional<byte[]>> record : unwritten.entrySet()) {
      if (record.getValue().isPresent()) {
        records.put(record.getKey(), record.getValue().get());
      } else {
        records.delete(record.getKey());
      }
    }
    unwritten.clear();
    urgent = false;
    return true;
  }

  private void later(String name, byte[] value) {
    unwritten.put(name, Optional.of(value));
  }

  private void erase(LedgerChange.MaterialSpent spent) throws SQLException {
    int first = Math.ceilDiv(spent.fromBytes(), CHUNK_BYTES) * CHUNK_BYTES;
    int end =
        spent.toBytes() == spent.lengthBytes()
            ? spent.toBytes()
            : spent.toBytes() / CHUNK_BYTES * CHUNK_BYTES;
    if (first < end) {
      records.deleteRange(
          chunk(spent.session(), spent.number(), first),
          chunk(spent.session(), spent.number(), end));
    }
  }

  private static String blockName(String session, long number) {
    return "block/%s/%019d".formatted(session, number);
  }

  private static String chunk(String session, long number, int fromBytes) {
    return "chunk/%s/%019d/%010d".formatted(session, number, fromBytes);
  }
}
