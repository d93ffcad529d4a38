package net.bellwether.agent.ledger;

/// A session's stock at this end: bits it may still serve, and what happened so far.
public record Stock(long availableBits, Counters counters) {}
