package net.bellwether.agent.ledger;

/// A block as the ledger knows it: no key bits, only which bytes are taken (set aside or gone) and
/// which are spent (gone: delivered or burnt). Two halves with one owner each, so that the first
/// block gives key to both ends: this end serves `enc_keys` from its own bytes [ownFrom, ownTo)
/// alone. Not stock while `pending`: the other end may not have it.
final class Block {
  final String session;
  final long number;
  final int lengthBytes;
  final int ownFromBytes;
  final int ownToBytes;
  final Intervals taken;
  final Intervals spent;
  boolean pending;

  Block(
      String session,
      long number,
      int lengthBytes,
      int ownFromBytes,
      int ownToBytes,
      boolean pending) {
    this(
        session,
        number,
        lengthBytes,
        ownFromBytes,
        ownToBytes,
        pending,
        new Intervals(),
        new Intervals());
  }

  /// A new block: the first half is the leading end's own, the second the following end's. Of an
  /// odd number of bytes the one in the middle goes to either in turn.
  static Block halved(String session, long number, int lengthBytes, boolean leads) {
    int middle = (int) ((lengthBytes + number % 2) / 2);
    return leads
        ? new Block(session, number, lengthBytes, 0, middle, false)
        : new Block(session, number, lengthBytes, middle, lengthBytes, true);
  }

  Block(
      String session,
      long number,
      int lengthBytes,
      int ownFromBytes,
      int ownToBytes,
      boolean pending,
      Intervals taken,
      Intervals spent) {
    this.session = session;
    this.number = number;
    this.lengthBytes = lengthBytes;
    this.ownFromBytes = ownFromBytes;
    this.ownToBytes = ownToBytes;
    this.pending = pending;
    this.taken = taken;
    this.spent = spent;
  }

  /// Bytes this end may still set aside; its half is taken from its beginning.
  int freeBytes() {
    return pending ? 0 : ownToBytes - firstFree();
  }

  private int firstFree() {
    return Math.clamp(taken.endOf(ownFromBytes), ownFromBytes, ownToBytes);
  }

  /// Whether the other end may take this piece, as far as ownership goes.
  boolean isOthers(KeyPiece piece) {
    return piece.endBytes() <= lengthBytes
        && (piece.endBytes() <= ownFromBytes || piece.offsetBytes() >= ownToBytes);
  }

  /// Sets aside up to `wantedBytes` of the own half.
  KeyPiece take(int wantedBytes) {
    int offset = firstFree();
    int length = Math.min(wantedBytes, freeBytes());
    taken.add(offset, offset + length);
    return new KeyPiece(number, offset, length);
  }

  boolean isSpent() {
    return spent.covers(lengthBytes);
  }
}
