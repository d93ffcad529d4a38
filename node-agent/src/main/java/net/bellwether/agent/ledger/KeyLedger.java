package net.bellwether.agent.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.UUID;
import net.bellwether.topology.pair.Basis;

/// The ledger as a pure state machine. Every step checks first, then changes its state and notes
/// what must become durable before anyone is told; the store collects that with `takeChanges`.
///
/// Invariants: a byte of a block is taken once and never becomes free again; a key leaves `own` or
/// `peers` once, either delivered or burnt.
final class KeyLedger {
  /// Keys of a session that may wait to be fetched; beyond, the oldest are burnt, as the consumer
  /// that got them at the other end has long given up.
  static final int UNFETCHED_KEYS = 1 << 16;

  private final Map<String, SessionLedger> sessions = new TreeMap<>();
  private final List<LedgerChange> changes = new ArrayList<>();

  SessionLedger session(String name) {
    return sessions.computeIfAbsent(name, SessionLedger::new);
  }

  List<LedgerChange> takeChanges() {
    List<LedgerChange> taken = List.copyOf(changes);
    changes.clear();
    return taken;
  }

  /// A verified block is durable here; where this end follows, it is pending until confirmed. Each
  /// end owns one half of it.
  void storeBlock(String name, long number, boolean leads, int lengthBytes) {
    SessionLedger session = session(name);
    if (number <= session.counters.highestBlock() || lengthBytes < 1) {
      throw new IllegalStateException(
          "block (%d of %d bytes) must be longer than 0 and come after block %d"
              .formatted(number, lengthBytes, session.counters.highestBlock()));
    }
    Block block = Block.halved(name, number, lengthBytes, leads);
    session.blocks.put(number, block);
    changes.add(new LedgerChange.BlockChanged(block));
    count(session, session.counters.withHighestBlock(number));
    if (leads) {
      count(session, session.counters.plusBlock(8L * lengthBytes));
    }
  }

  /// The leading end has the block too; no news where that was known or the block is gone.
  void confirmBlock(String name, long number) {
    SessionLedger session = session(name);
    Block block = session.blocks.get(number);
    if (block != null && block.pending) {
      block.pending = false;
      changes.add(new LedgerChange.BlockChanged(block));
      count(session, session.counters.plusBlock(8L * block.lengthBytes));
    }
  }

  /// The leading end does not have the block: it never becomes stock.
  void dropBlock(String name, long number) {
    SessionLedger session = session(name);
    Block block = session.blocks.get(number);
    if (block != null && block.pending) {
      session.blocks.remove(number);
      changes.add(new LedgerChange.BlockGone(name, number, block.lengthBytes));
      count(session, session.counters.plusFailedBlock());
    }
  }

  void blockFailed(String name) {
    SessionLedger session = session(name);
    count(session, session.counters.plusFailedBlock());
  }

  void compared(String name, Basis basis, long compared, long errors) {
    SessionLedger session = session(name);
    count(session, session.counters.plusCompared(basis, compared, errors));
  }

  /// Sets aside a key of `lengthBytes` for each id, by session, each key from one of `names`, the
  /// earlier first; empty, changing nothing, where their own stock does not suffice. Nothing is
  /// taken where the peer has not heard of burnt keys yet: it is away, and every request of a
  /// consumer that keeps asking would burn more.
  Optional<SequencedMap<String, List<ReservedKey>>> reserve(
      List<String> names, List<UUID> ids, int lengthBytes) {
    SequencedMap<String, List<UUID>> shares = new LinkedHashMap<>();
    int shared = 0;
    for (String name : names) {
      SessionLedger session = session(name);
      long fitting = session.toTell.isEmpty() ? session.availableBytes() / lengthBytes : 0;
      int end = (int) Math.min(ids.size(), shared + fitting);
      if (end > shared) {
        shares.put(name, ids.subList(shared, end));
        shared = end;
      }
    }
    if (shared < ids.size()) {
      return Optional.empty();
    }
    SequencedMap<String, List<ReservedKey>> keys = new LinkedHashMap<>();
    shares.forEach((name, share) -> keys.put(name, setAside(session(name), share, lengthBytes)));
    return Optional.of(keys);
  }

  private List<ReservedKey> setAside(SessionLedger session, List<UUID> ids, int lengthBytes) {
    List<ReservedKey> keys = new ArrayList<>();
    SequencedSet<Block> touched = new LinkedHashSet<>();
    for (UUID id : ids) {
      List<KeyPiece> pieces = new ArrayList<>();
      int missing = lengthBytes;
      for (Block block : session.blocks.values()) {
        if (missing > 0 && block.freeBytes() > 0) {
          KeyPiece piece = block.take(missing);
          missing -= piece.lengthBytes();
          pieces.add(piece);
          touched.add(block);
        }
      }
      ReservedKey key = new ReservedKey(id, pieces);
      session.own.put(id, key);
      keys.add(key);
      changes.add(new LedgerChange.Reserved(session.name, true, key));
    }
    touched.forEach(block -> changes.add(new LedgerChange.BlockChanged(block)));
    return keys;
  }

  /// Sets aside what the peer took from its own halves of blocks; all keys or none. Repeating
  /// changes nothing.
  PeerReservation reserveForPeer(String name, List<ReservedKey> keys) {
    SessionLedger session = session(name);
    SequencedMap<Long, Intervals> taken = new LinkedHashMap<>();
    List<ReservedKey> fresh = new ArrayList<>();
    for (ReservedKey key : keys) {
      if (key.equals(session.peers.get(key.id()))) {
        continue;
      }
      if (isKnown(key.id()) || fresh.stream().anyMatch(other -> other.id().equals(key.id()))) {
        return new PeerReservation.Refused("key " + key.id() + " is known already");
      }
      for (KeyPiece piece : key.pieces()) {
        Block block = session.blocks.get(piece.block());
        if (block == null || !block.isOthers(piece)) {
          return new PeerReservation.Refused("no such key material: " + piece);
        }
        Intervals bytes = taken.computeIfAbsent(piece.block(), number -> block.taken.copy());
        if (!bytes.add(piece.offsetBytes(), (int) piece.endBytes())) {
          return new PeerReservation.Refused("key material is taken already: " + piece);
        }
      }
      fresh.add(key);
    }
    fresh.forEach(key -> setAsideForPeer(session, key));
    taken.keySet().forEach(number -> changed(session, number));
    while (session.peers.size() > UNFETCHED_KEYS) {
      ReservedKey oldest = session.peers.firstEntry().getValue();
      burnPeers(session, oldest);
    }
    return new PeerReservation.Reserved();
  }

  private void setAsideForPeer(SessionLedger session, ReservedKey key) {
    for (KeyPiece piece : key.pieces()) {
      // The peer serves from the block, so it knows it to be durable at both ends.
      confirmBlock(session.name, piece.block());
      Block block = session.blocks.get(piece.block());
      if (block != null) {
        block.taken.add(piece.offsetBytes(), (int) piece.endBytes());
      }
    }
    session.peers.put(key.id(), key);
    changes.add(new LedgerChange.Reserved(session.name, false, key));
  }

  /// Gives out keys set aside here: they may be sent once this is durable.
  ///
  /// @throws IllegalStateException where one is not set aside (any longer)
  List<ReservedKey> deliver(String name, List<UUID> ids) {
    SessionLedger session = session(name);
    List<ReservedKey> keys = new ArrayList<>();
    for (UUID id : ids) {
      ReservedKey key = session.own.get(id);
      if (key == null) {
        throw new IllegalStateException("key " + id + " must be reserved");
      }
      keys.add(key);
    }
    for (ReservedKey key : keys) {
      session.own.remove(key.id());
      spend(session, key);
    }
    count(session, session.counters.plusKeys(keys.size(), 0));
    return keys;
  }

  /// Gives out keys that the peer had set aside, by session; empty, changing nothing, unless every
  /// id is there in one of `names`.
  Optional<SequencedMap<ReservedKey, String>> fetch(List<String> names, List<UUID> ids) {
    SequencedMap<ReservedKey, String> found = new LinkedHashMap<>();
    for (UUID id : ids) {
      int before = found.size();
      for (String name : names) {
        ReservedKey key = session(name).peers.get(id);
        if (key != null) {
          found.put(key, name);
        }
      }
      if (found.size() != before + 1) {
        return Optional.empty();
      }
    }
    found.forEach((key, name) -> {
      SessionLedger session = session(name);
      session.peers.remove(key.id());
      spend(session, key);
      count(session, session.counters.plusKeys(1, 0));
    });
    return Optional.of(found);
  }

  /// Burns keys set aside here that were not delivered; the peer has to be told.
  void burn(String name, List<UUID> ids) {
    SessionLedger session = session(name);
    for (UUID id : ids) {
      ReservedKey key = session.own.remove(id);
      if (key != null) {
        session.toTell.put(id, key);
        spend(session, key);
        changes.add(new LedgerChange.BurnQueued(name, key));
        count(session, session.counters.plusKeys(0, 1));
      }
    }
  }

  /// After a restart nobody knows whether what was set aside was sent: burn it.
  void burnAllOwn() {
    for (SessionLedger session : sessions.values()) {
      burn(session.name, List.copyOf(session.own.keySet()));
    }
  }

  /// The peer burnt keys it had set aside here; unknown ones are no news.
  void burntByPeer(String name, List<UUID> ids) {
    SessionLedger session = session(name);
    for (UUID id : ids) {
      ReservedKey key = session.peers.get(id);
      if (key != null) {
        burnPeers(session, key);
      }
    }
  }

  private void burnPeers(SessionLedger session, ReservedKey key) {
    session.peers.remove(key.id());
    spend(session, key);
    count(session, session.counters.plusKeys(0, 1));
  }

  /// The peer knows that these are burnt.
  void told(String name, List<UUID> ids) {
    for (UUID id : ids) {
      if (session(name).toTell.remove(id) != null) {
        changes.add(new LedgerChange.BurnTold(name, id));
      }
    }
  }

  private boolean isKnown(UUID id) {
    return sessions.values().stream()
        .anyMatch(session -> session.own.containsKey(id) || session.peers.containsKey(id));
  }

  private void spend(SessionLedger session, ReservedKey key) {
    changes.add(new LedgerChange.ReservationGone(key.id()));
    for (KeyPiece piece : key.pieces()) {
      Block block = session.blocks.get(piece.block());
      if (block == null) {
        continue;
      }
      block.spent.add(piece.offsetBytes(), (int) piece.endBytes());
      if (block.isSpent()) {
        session.blocks.remove(block.number);
        changes.add(new LedgerChange.BlockGone(session.name, block.number, block.lengthBytes));
      } else {
        changes.add(
            new LedgerChange.MaterialSpent(
                session.name,
                block.number,
                block.spent.startOf(piece.offsetBytes()),
                block.spent.endOf(piece.offsetBytes()),
                block.lengthBytes));
        changes.add(new LedgerChange.BlockChanged(block));
      }
    }
  }

  private void changed(SessionLedger session, long number) {
    Block block = session.blocks.get(number);
    if (block != null) {
      changes.add(new LedgerChange.BlockChanged(block));
    }
  }

  private void count(SessionLedger session, Counters counters) {
    session.counters = counters;
    changes.add(new LedgerChange.Counted(session.name, counters));
  }

  Map<String, SessionLedger> sessions() {
    return sessions;
  }
}
