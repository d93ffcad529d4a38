package net.bellwether.agent.ledger;

import java.util.List;
import java.util.UUID;

/// A key that is set aside for a consumer: its id and the pieces it is joined from, in order.
public record ReservedKey(UUID id, List<KeyPiece> pieces) {
  public ReservedKey {
    pieces = List.copyOf(pieces);
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("pieces of key " + id + " (0) must be at least 1");
    }
  }
}
