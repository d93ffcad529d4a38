package net.bellwether.scheduler.evaluate;

import static net.bellwether.scheduler.evaluate.Wave.BINS;
import static net.bellwether.scheduler.evaluate.Wave.COMPONENTS;

import java.util.Arrays;

/// The k-th pairs of two independent stages meet at a swap: the earlier one waits for the later one
/// and decays meanwhile, each side by its aging per bin. Works in one pass over the bins, because
/// what has arrived decays by the same factor from bin to bin.
record Meeting(Aging leftPerBin, Aging rightPerBin) {
  /// Two instants in the same bin are a third of a bin apart on average.
  private static final double WITHIN_BIN = 1.0 / 3;

  /// `leftEarlier` and `rightEarlier` shift a side towards earlier times, in bins.
  void meet(
      double[][] left,
      double leftEarlier,
      double[][] right,
      double rightEarlier,
      double[][] result) {
    double[] shiftedLeft = new double[BINS];
    double[] shiftedRight = new double[BINS];
    for (int c = 0; c < COMPONENTS; c++) {
      double leftKeeps = StrictMath.exp(-leftPerBin.exponents()[c]);
      double rightKeeps = StrictMath.exp(-rightPerBin.exponents()[c]);
      double leftHere = shift(left[c], leftEarlier, leftPerBin.exponents()[c], shiftedLeft);
      double rightHere = shift(right[c], rightEarlier, rightPerBin.exponents()[c], shiftedRight);
      double both =
          StrictMath.exp(
              -(leftPerBin.exponents()[c] + rightPerBin.exponents()[c]) / 2 * WITHIN_BIN);
      for (int b = 0; b < BINS; b++) {
        leftHere *= leftKeeps;
        rightHere *= rightKeeps;
        result[c][b] =
            shiftedLeft[b] * rightHere
                + leftHere * shiftedRight[b]
                + shiftedLeft[b] * shiftedRight[b] * both;
        leftHere += shiftedLeft[b];
        rightHere += shiftedRight[b];
      }
    }
  }

  /// Moves `values` towards earlier times by `bins`, splitting between neighbours. Returns what
  /// falls before the first bin, decayed to the bin before the first.
  private static double shift(double[] values, double bins, double perBin, double[] shifted) {
    if (bins == 0) {
      System.arraycopy(values, 0, shifted, 0, BINS);
      return 0;
    }
    Arrays.fill(shifted, 0);
    int whole = (int) Math.min(1 << 30, Math.ceil(bins));
    double later = whole - bins;
    double before = 0;
    for (int b = 0; b < BINS; b++) {
      before += place(values[b] * (1 - later), b - whole, perBin, shifted);
      before += place(values[b] * later, b - whole + 1, perBin, shifted);
    }
    return before;
  }

  private static double place(double value, int bin, double perBin, double[] shifted) {
    if (bin >= 0) {
      shifted[bin] += value;
      return 0;
    }
    return value * StrictMath.exp(perBin * (bin + 1));
  }
}
