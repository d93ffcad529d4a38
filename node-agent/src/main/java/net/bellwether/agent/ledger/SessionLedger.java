package net.bellwether.agent.ledger;

import java.util.LinkedHashMap;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;

/// What the ledger holds of one session.
final class SessionLedger {
  final String name;
  final NavigableMap<Long, Block> blocks = new TreeMap<>();

  /// Keys set aside here for a consumer here, not yet given out.
  final SequencedMap<UUID, ReservedKey> own = new LinkedHashMap<>();

  /// Keys the peer had set aside for a consumer here, not yet fetched; oldest first.
  final SequencedMap<UUID, ReservedKey> peers = new LinkedHashMap<>();

  /// Burnt keys the peer has not acknowledged.
  final SequencedMap<UUID, ReservedKey> toTell = new LinkedHashMap<>();

  Counters counters = Counters.NONE;

  SessionLedger(String name) {
    this.name = name;
  }

  long availableBytes() {
    return blocks.values().stream().mapToLong(Block::freeBytes).sum();
  }
}
