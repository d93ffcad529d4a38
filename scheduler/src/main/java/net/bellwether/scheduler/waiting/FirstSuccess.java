package net.bellwether.scheduler.waiting;

/// When the first of repeated attempts succeeds: after k periods with probability p (1 − p)^(k −
/// 1).
record FirstSuccess(double probability, long periodPicos) {

  /// The distribution on `grid`. An instant between two of the grid is split between them so that
  /// the mean stays; on a grid of periods it is the geometric distribution itself. With R the
  /// probability of no success yet, instant j gets the mean of R over the step before it less that
  /// over the step after it.
  double[] on(Grid grid) {
    double[] mass = new double[grid.steps()];
    double before = 1;
    for (int j = 0; j < mass.length; j++) {
      double after = meanFailed(j * grid.stepPicos(), grid.stepPicos());
      mass[j] = Math.max(0, before - after);
      before = after;
    }
    return mass;
  }

  private double meanFailed(long fromPicos, long stepPicos) {
    long toPicos = fromPicos + stepPicos;
    long first = fromPicos / periodPicos;
    long last = toPicos / periodPicos;
    double failedBefore = failed(first);
    if (first == last) {
      return failedBefore;
    }
    // The rest of the first period, the whole ones between, the beginning of the last.
    double rest = (first + 1) * (double) periodPicos - fromPicos;
    double whole = (failed(first + 1) - failed(last)) / probability * periodPicos;
    double beginning = toPicos - last * (double) periodPicos;
    return (failedBefore * rest + whole + failed(last) * beginning) / stepPicos;
  }

  private double failed(long attempts) {
    return attempts == 0 ? 1 : StrictMath.exp((double) attempts * StrictMath.log1p(-probability));
  }
}
