package net.bellwether.agent.ledger;

/// Answer to a peer that wants keys reserved.
public sealed interface PeerReservation {
  record Reserved() implements PeerReservation {}

  /// Nothing was reserved, for this reason.
  record Refused(String reason) implements PeerReservation {}
}
