package net.bellwether.scheduler.evaluate;

import static net.bellwether.scheduler.evaluate.Wave.BINS;

import java.util.Arrays;

/// The k-th pairs of two independent stages meet: the earlier one waits for the later one and
/// decays meanwhile, each side by its aging per bin. `leftEarlier` and `rightEarlier` shift a side
/// towards earlier times, in bins. Works in one pass over the bins, because what has arrived decays
/// by the same factor from bin to bin.
record Meeting(Aging leftPerBin, double leftEarlier, Aging rightPerBin, double rightEarlier) {
  /// Two instants in the same bin are a third of a bin apart on average.
  private static final double WITHIN_BIN = 1.0 / 3;

  /// Adds, by the bin of the later one, `factor` times the product of component `l` of the left
  /// side and component `r` of the right one.
  void add(double[][] left, int l, double[][] right, int r, double factor, double[] result) {
    double leftPerBinExponent = leftPerBin.exponents()[l];
    double rightPerBinExponent = rightPerBin.exponents()[r];
    double[] shiftedLeft = new double[BINS];
    double[] shiftedRight = new double[BINS];
    double leftHere = shift(left[l], leftEarlier, leftPerBinExponent, shiftedLeft);
    double rightHere = shift(right[r], rightEarlier, rightPerBinExponent, shiftedRight);
    double leftKeeps = StrictMath.exp(-leftPerBinExponent);
    double rightKeeps = StrictMath.exp(-rightPerBinExponent);
    double both = StrictMath.exp(-(leftPerBinExponent + rightPerBinExponent) / 2 * WITHIN_BIN);
    for (int b = 0; b < BINS; b++) {
      leftHere *= leftKeeps;
      rightHere *= rightKeeps;
      result[b] +=
          factor
              * (shiftedLeft[b] * rightHere
                  + leftHere * shiftedRight[b]
                  + shiftedLeft[b] * shiftedRight[b] * both);
      leftHere += shiftedLeft[b];
      rightHere += shiftedRight[b];
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
