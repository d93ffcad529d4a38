package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.solver.Solution.Effort;

/// What the searches for one request have done so far.
final class Work {
  /// Candidates that searches looked at.
  long candidates;

  /// Candidates of looks at a path.
  long looked;

  /// Labels that were processed.
  long labels;

  /// Spans of the last search.
  int spans;

  int passes;

  Effort effort() {
    return new Effort(candidates + looked, labels, spans, passes);
  }
}
