package net.bellwether.scheduler.evaluate;

import java.util.Arrays;

/// When the k-th pair of a stage enters, and in which state, for some k: `ks`, ascending from 1.
/// `cells[i][c][b]` belongs to k = `ks[i]` and time bin b (bins divide a round's attempts; time is
/// that of the stage's source less the stage's delay): c = MASS is the probability that the k-th
/// source falls there, c = X, Y, Z the correlation 1 − 2·QBER in that basis times that probability.
/// Correlations multiply under swaps and shrink by exponentials while waiting, so sums of them over
/// all histories stay exact.
///
/// Arrays are for speed: a plan is evaluated hundreds of times while its rounds are chosen.
final class Wave {
  private final int[] ks;
  private final double[][][] cells;

  Wave(int[] ks, double[][][] cells) {
    this.ks = ks;
    this.cells = cells;
  }

  int[] ks() {
    return ks;
  }

  double[][][] cells() {
    return cells;
  }

  static final int BINS = 48;
  static final int MASS = 0;
  static final int X = 1;
  static final int Y = 2;
  static final int Z = 3;
  static final int COMPONENTS = 4;

  /// Up to here every k has its own row; above, rows stand for ranges of k in between.
  private static final int MAX_ROWS = 24;

  /// The ks that stand for 1..highest.
  static int[] rows(int highest) {
    int count = Math.min(highest, MAX_ROWS);
    int[] ks = new int[count];
    for (int i = 0; i < count; i++) {
      ks[i] = count == 1 ? 1 : 1 + (int) ((long) i * (highest - 1) / (count - 1));
    }
    return ks;
  }

  static Wave empty(int[] ks) {
    return empty(ks, COMPONENTS);
  }

  /// With other components than correlations beside the mass, if they add up as those do.
  static Wave empty(int[] ks, int components) {
    return new Wave(ks, new double[ks.length][components][BINS]);
  }

  private int components() {
    return ks.length == 0 ? COMPONENTS : cells[0].length;
  }

  int highest() {
    return ks.length == 0 ? 0 : ks[ks.length - 1];
  }

  /// The row of `k`, between its neighbours in proportion.
  double[][] row(int k) {
    int at = Arrays.binarySearch(ks, k);
    if (at >= 0) {
      return cells[at];
    }
    double[][] row = new double[components()][BINS];
    double[] rowWeights = new double[ks.length];
    gather(k, 1, rowWeights);
    addWeighted(rowWeights, row);
    return row;
  }

  /// Sums over all bins and all k in 1..highest, by component.
  double[] totals() {
    double[][] sums = sums();
    double[] totals = new double[sums.length];
    for (int c = 0; c < totals.length; c++) {
      totals[c] = sum(sums[c]);
    }
    return totals;
  }

  /// Sums over all k in 1..highest, by component and bin.
  double[][] sums() {
    double[] weights = new double[ks.length];
    spread(weights);
    double[][] sums = new double[components()][BINS];
    addWeighted(weights, sums);
    return sums;
  }

  /// How many ks each row stands for, by linear interpolation.
  private void spread(double[] weights) {
    for (int i = 0; i < ks.length; i++) {
      weights[i] += 1;
      if (i + 1 < ks.length) {
        double between = (ks[i + 1] - ks[i] - 1) / 2.0;
        weights[i] += between;
        weights[i + 1] += between;
      }
    }
  }

  static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private void addWeighted(double[] rowWeights, double[][] row) {
    for (int i = 0; i < ks.length; i++) {
      if (rowWeights[i] > 0) {
        add(cells[i], rowWeights[i], row);
      }
    }
  }

  /// Puts the weight of `k` on its neighbouring rows; what lies above the highest k is lost.
  private void gather(int k, double weight, double[] rowWeights) {
    if (k > highest()) {
      return;
    }
    int at = Arrays.binarySearch(ks, k);
    if (at >= 0) {
      rowWeights[at] += weight;
      return;
    }
    int above = -at - 1;
    double part = (k - ks[above - 1]) / (double) (ks[above] - ks[above - 1]);
    rowWeights[above - 1] += weight * (1 - part);
    rowWeights[above] += weight * part;
  }

  private static void add(double[][] from, double weight, double[][] to) {
    for (int c = 0; c < from.length; c++) {
      for (int b = 0; b < BINS; b++) {
        to[c][b] += weight * from[c][b];
      }
    }
  }

  /// The same pairs, each kept with `probability`: the k-th kept is the j-th before with the
  /// negative binomial probability of j.
  Wave thinned(double probability) {
    if (probability >= 1 || ks.length == 0) {
      return this;
    }
    // About this many are kept of the highest that still matters; a few more lose nothing.
    Wave result = empty(rows(Math.max(1, keptAtMost(probability))), components());
    for (int i = 0; i < result.ks.length; i++) {
      double[] rowWeights = new double[ks.length];
      gatherTrials(result.ks[i], probability, rowWeights);
      addWeighted(rowWeights, result.cells[i]);
    }
    return result;
  }

  private int keptAtMost(double probability) {
    double mean = highest() * probability;
    double deviation = Math.sqrt(mean * (1 - probability));
    return (int) Math.min(highest(), Math.ceil(mean + 4 * deviation));
  }

  /// Weights of the trials at which the k-th success falls.
  private void gatherTrials(int k, double probability, double[] rowWeights) {
    int start = (int) Math.max(k, Math.floor((k - 1) / probability));
    double total = 0;
    int low = start;
    for (double w = 1; low >= k && w > 1e-9; low--) {
      total += w;
      w *= (low - k) / ((low - 1.0) * (1 - probability));
    }
    int high = start;
    for (double w = 1; w > 1e-9; high++) {
      w *= high * (1 - probability) / (high + 1.0 - k);
      total += w;
    }
    double w = 1 / total;
    for (int trial = start; trial > low; trial--) {
      gather(trial, w, rowWeights);
      w *= (trial - k) / ((trial - 1.0) * (1 - probability));
    }
    w = 1 / total;
    for (int trial = start; trial < Math.min(high, highest()); trial++) {
      w *= trial * (1 - probability) / (trial + 1.0 - k);
      gather(trial + 1, w, rowWeights);
    }
  }
}
