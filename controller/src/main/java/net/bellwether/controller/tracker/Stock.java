package net.bellwether.controller.tracker;

import net.bellwether.topology.time.NetworkTime;

/// What a key manager has counted of a session since it began, at network time `at`: secret bits
/// made, and pairs compared and disagreeing per basis, in the order of `Basis`.
public record Stock(
    long distilledBits,
    long comparedZ,
    long errorsZ,
    long comparedX,
    long errorsX,
    long comparedY,
    long errorsY,
    NetworkTime at) {
  long compared() {
    return comparedZ + comparedX + comparedY;
  }

  boolean isBefore(Stock other) {
    return distilledBits < other.distilledBits || compared() < other.compared();
  }
}
