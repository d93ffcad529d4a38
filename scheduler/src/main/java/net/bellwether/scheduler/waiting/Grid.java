package net.bellwether.scheduler.waiting;

/// Instants 0, 1, …, `steps` − 1 of `stepPicos` each.
record Grid(long stepPicos, int steps) {
  /// Two numbers of steps that differ by less are the same.
  private static final double ROUNDING = 1e-9;

  double stepSeconds() {
    return stepPicos * 1e-12;
  }

  double stepsOf(long picos) {
    return picos / (double) stepPicos;
  }

  /// Whole steps within `seconds`; at most all.
  int stepsWithin(double seconds) {
    return (int) Math.min(steps, Math.floor(seconds / stepSeconds() + ROUNDING));
  }

  /// The same time in steps twice as long.
  Grid coarser() {
    return new Grid(2 * stepPicos, (steps + 1) / 2);
  }
}
