package net.bellwether.scheduler.search;

import java.util.List;

/// What was found: `candidates` meet the floor, best value first. `upperBound` bounds the value of
/// every plan that meets it; `complete` says that the budget sufficed. `finest` are plans of the
/// highest fidelities seen, floor or not, finest first; there are none where no path has capacity.
public record Answer(
    List<Candidate> candidates,
    double upperBound,
    boolean complete,
    List<Candidate> finest,
    long labels) {
  public Answer {
    candidates = List.copyOf(candidates);
    finest = List.copyOf(finest);
  }
}
