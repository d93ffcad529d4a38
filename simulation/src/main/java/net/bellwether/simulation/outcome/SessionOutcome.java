package net.bellwether.simulation.outcome;

import java.util.List;

/// A session of the scenario: its id where it was admitted (else empty), the state it was in at the
/// end with a sentence on it, and what its generations delivered.
public record SessionOutcome(
    String id,
    String tenant,
    String from,
    String to,
    String state,
    String detail,
    double promisedPairsPerSecond,
    List<GenerationOutcome> generations) {
  public SessionOutcome {
    generations = List.copyOf(generations);
  }
}
