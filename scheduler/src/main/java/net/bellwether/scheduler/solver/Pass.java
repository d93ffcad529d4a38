package net.bellwether.scheduler.solver;

/// One search among those for a question: what it is after, and how closely it looks. `tracked`
/// labels know their hops and what they visit. What differs by less than `coarseness`, relative to
/// what is missing to a perfect state, is taken for equal.
record Pass(Aim aim, boolean tracked, Scope scope, double coarseness) {
  /// Which plans a search looks at.
  enum Scope {
    /// Over the nodes that have a distance from the near end, purifying only pairs of one sub-plan.
    PATH,
    /// Those whose parts, links aside, begin at one of the two ends. Seldom worse than all.
    ENDS,
    ALL
  }

  /// Whether nothing that could be best is passed over.
  boolean isExact() {
    return scope == Scope.ALL && coarseness == 0;
  }
}
