package net.bellwether.scheduler.solver;

/// How long links are, to a search of shortest paths.
interface Lengths {
  /// Never negative; infinite where the link is of no use.
  double length(int node, int next, int link);
}
