package net.bellwether.agent.ledger;

/// A block as the ledger knows it: no key bits, only which bytes are taken (set aside or gone) and
/// which are spent (gone: delivered or burnt). `own`: this end serves `enc_keys` from it. Not stock
/// while `pending`: the other end may not have it.
final class Block {
  final String session;
  final long number;
  final int lengthBytes;
  final boolean own;
  final Intervals taken;
  final Intervals spent;
  boolean pending;

  Block(String session, long number, int lengthBytes, boolean own, boolean pending) {
    this(session, number, lengthBytes, own, pending, new Intervals(), new Intervals());
  }

  Block(
      String session,
      long number,
      int lengthBytes,
      boolean own,
      boolean pending,
      Intervals taken,
      Intervals spent) {
    this.session = session;
    this.number = number;
    this.lengthBytes = lengthBytes;
    this.own = own;
    this.pending = pending;
    this.taken = taken;
    this.spent = spent;
  }

  /// Bytes this end may still set aside; own blocks are taken from their beginning.
  int freeBytes() {
    return own && !pending ? lengthBytes - taken.endOfFirst() : 0;
  }

  /// Sets aside up to `wantedBytes` of an own block.
  KeyPiece take(int wantedBytes) {
    int offset = taken.endOfFirst();
    int length = Math.min(wantedBytes, freeBytes());
    taken.add(offset, offset + length);
    return new KeyPiece(number, offset, length);
  }

  boolean isSpent() {
    return spent.covers(lengthBytes);
  }
}
