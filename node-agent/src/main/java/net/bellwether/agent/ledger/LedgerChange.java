package net.bellwether.agent.ledger;

import java.util.UUID;

/// What the store has to make durable after a step of the ledger, all or nothing.
sealed interface LedgerChange {
  record BlockChanged(Block block) implements LedgerChange {}

  /// The block and all of its key material go.
  record BlockGone(String session, long number, int lengthBytes) implements LedgerChange {}

  /// Bytes [from, to) of a block are spent: material that lies wholly within goes.
  record MaterialSpent(String session, long number, int fromBytes, int toBytes, int lengthBytes)
      implements LedgerChange {}

  record Reserved(String session, boolean own, ReservedKey key) implements LedgerChange {}

  record ReservationGone(UUID id) implements LedgerChange {}

  /// The peer has to be told that this key is burnt.
  record BurnQueued(String session, ReservedKey key) implements LedgerChange {}

  record BurnTold(String session, UUID id) implements LedgerChange {}

  record Counted(String session, Counters counters) implements LedgerChange {}
}
