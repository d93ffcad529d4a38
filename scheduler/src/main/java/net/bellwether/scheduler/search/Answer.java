package net.bellwether.scheduler.search;

import java.util.List;
import java.util.Optional;

/// What was found: `candidates` meet the floor, best value first. `upperBound` bounds the value of
/// every plan that meets it; `complete` says that the budget sufficed. `finest` is the plan of
/// highest fidelity seen, floor or not; there is none where no path has capacity.
public record Answer(
    List<Candidate> candidates,
    double upperBound,
    boolean complete,
    Optional<Candidate> finest,
    long labels) {
  public Answer {
    candidates = List.copyOf(candidates);
  }
}
