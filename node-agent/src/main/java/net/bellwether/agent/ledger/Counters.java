package net.bellwether.agent.ledger;

import net.bellwether.topology.pair.Basis;

/// What happened in a session so far.
public record Counters(
    long highestBlock,
    long distilledBits,
    long deliveredKeyCount,
    long burntKeyCount,
    long blockCount,
    long failedBlockCount,
    ErrorCount z,
    ErrorCount x,
    ErrorCount y) {
  /// Pairs compared in one basis, and how many disagreed.
  public record ErrorCount(long compared, long errors) {
    static final ErrorCount NONE = new ErrorCount(0, 0);

    ErrorCount plus(long moreCompared, long moreErrors) {
      return new ErrorCount(compared + moreCompared, errors + moreErrors);
    }
  }

  static final Counters NONE =
      new Counters(0, 0, 0, 0, 0, 0, ErrorCount.NONE, ErrorCount.NONE, ErrorCount.NONE);

  Counters withHighestBlock(long block) {
    return new Counters(
        Math.max(highestBlock, block),
        distilledBits,
        deliveredKeyCount,
        burntKeyCount,
        blockCount,
        failedBlockCount,
        z,
        x,
        y);
  }

  Counters plusBlock(long bits) {
    return new Counters(
        highestBlock,
        distilledBits + bits,
        deliveredKeyCount,
        burntKeyCount,
        blockCount + 1,
        failedBlockCount,
        z,
        x,
        y);
  }

  Counters plusFailedBlock() {
    return new Counters(
        highestBlock,
        distilledBits,
        deliveredKeyCount,
        burntKeyCount,
        blockCount,
        failedBlockCount + 1,
        z,
        x,
        y);
  }

  Counters plusKeys(long delivered, long burnt) {
    return new Counters(
        highestBlock,
        distilledBits,
        deliveredKeyCount + delivered,
        burntKeyCount + burnt,
        blockCount,
        failedBlockCount,
        z,
        x,
        y);
  }

  Counters plusCompared(Basis basis, long compared, long errors) {
    return new Counters(
        highestBlock,
        distilledBits,
        deliveredKeyCount,
        burntKeyCount,
        blockCount,
        failedBlockCount,
        basis == Basis.Z ? z.plus(compared, errors) : z,
        basis == Basis.X ? x.plus(compared, errors) : x,
        basis == Basis.Y ? y.plus(compared, errors) : y);
  }
}
