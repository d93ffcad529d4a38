package net.bellwether.scheduler.waiting;

import static net.bellwether.scheduler.waiting.Arrivals.COMPONENTS;

/// One try of a swap or purification, from the start of its parts: `done` where it succeeds, by the
/// instant at which both ends know; `failed`, the probability that it fails, by that instant.
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Trial(Arrivals done, double[] failed) {
  /// All such together are less than the rounding of a probability. Also keeps denormal numbers
  /// out, which take a hundred times as long.
  private static final double NEGLIGIBLE = 1e-21;

  /// Tried until it succeeds, all parts anew each time \[brand2020\]: G = done + failed ∗ G.
  /// Instants of the grid are exact, whatever comes after its end.
  ///
  /// O(steps · length of a try), as additions to consecutive cells: below 10,000 steps faster than
  /// a transform.
  Arrivals untilDone() {
    int last = failed.length - 1;
    while (last >= 0 && failed[last] < NEGLIGIBLE) {
      last--;
    }
    if (last < 0) {
      return done;
    }
    double[][] cells = new double[COMPONENTS][];
    for (int c = 0; c < COMPONENTS; c++) {
      cells[c] = done.cells()[c].clone();
      repeat(cells[c], last);
    }
    return new Arrivals(cells);
  }

  private void repeat(double[] values, int last) {
    double atOnce = 1 / (1 - failed[0]);
    for (int t = 0; t < values.length; t++) {
      values[t] *= atOnce;
      double value = values[t];
      int reach = Math.abs(value) < NEGLIGIBLE ? 0 : Math.min(last, values.length - 1 - t);
      for (int s = 1; s <= reach; s++) {
        values[t + s] += failed[s] * value;
      }
    }
  }
}
