package net.bellwether.agent.ledger;

/// A session's stock at this end: bits it may still serve, bits of all blocks that are not wholly
/// spent (the other end's too), and what happened so far.
public record Stock(long availableBits, long storedBits, Counters counters) {}
