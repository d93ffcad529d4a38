package net.bellwether.simulation.outcome;

import java.util.List;

/// What a scenario came to in `seconds` of virtual time.
public record RunOutcome(
    String scenario,
    long seed,
    double seconds,
    List<SessionOutcome> sessions,
    List<NodeOutcome> nodes,
    List<Occurrence> occurrences,
    long unlistedOccurrences,
    Counts counts,
    Leaks leaks) {
  public RunOutcome {
    sessions = List.copyOf(sessions);
    nodes = List.copyOf(nodes);
    occurrences = List.copyOf(occurrences);
  }
}
