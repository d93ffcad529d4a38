package net.bellwether.agent.ledger;

/// A piece of a block: where a key, or part of one, lies in the common stock.
public record KeyPiece(long block, int offsetBytes, int lengthBytes) {
  public KeyPiece {
    if (block < 1 || offsetBytes < 0 || lengthBytes < 1) {
      throw new IllegalArgumentException(
          "key piece (block %d, offset %d, length %d) must have block >= 1, offset >= 0, length >= 1"
              .formatted(block, offsetBytes, lengthBytes));
    }
  }

  long endBytes() {
    return (long) offsetBytes + lengthBytes;
  }
}
