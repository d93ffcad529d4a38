package net.bellwether.scheduler.evaluate;

import java.util.Arrays;

/// Distribution of a number of pairs in one round: `probabilities[j]` is that of `lowest + j`.
/// Negligible ends are cut off, so that it stays small for thousands of modes.
final class Counts {
  private final int lowest;
  private final double[] probabilities;

  Counts(int lowest, double[] probabilities) {
    this.lowest = lowest;
    this.probabilities = probabilities;
  }

  int lowest() {
    return lowest;
  }

  double[] probabilities() {
    return probabilities;
  }

  /// Relative to the likeliest value; what is cut weighs less than 1e-12 in all.
  private static final double NEGLIGIBLE = 1e-15;

  static Counts binomial(int trials, double p) {
    if (p <= 0 || trials == 0) {
      return new Counts(0, new double[] {1});
    }
    if (p >= 1) {
      return new Counts(trials, new double[] {1});
    }
    // From the mode outwards: no factorials, no underflow.
    int mode = (int) Math.min(trials, (long) ((trials + 1.0) * p));
    double odds = p / (1 - p);
    int low = mode;
    for (double w = 1; low > 0 && w > NEGLIGIBLE; low--) {
      w *= low / ((trials - low + 1.0) * odds);
    }
    int high = mode;
    for (double w = 1; high < trials && w > NEGLIGIBLE; high++) {
      w *= (trials - high) * odds / (high + 1.0);
    }
    double[] weights = new double[high - low + 1];
    weights[mode - low] = 1;
    for (int k = mode; k > low; k--) {
      weights[k - 1 - low] = weights[k - low] * k / ((trials - k + 1.0) * odds);
    }
    for (int k = mode; k < high; k++) {
      weights[k + 1 - low] = weights[k - low] * (trials - k) * odds / (k + 1.0);
    }
    return new Counts(low, normalized(weights));
  }

  int highest() {
    return lowest + probabilities.length - 1;
  }

  double expectation() {
    double sum = 0;
    for (int j = 0; j < probabilities.length; j++) {
      sum += (lowest + j) * probabilities[j];
    }
    return sum;
  }

  /// P(at least `k`) for every k in [0, highest + 1].
  double[] tails() {
    double[] tails = new double[highest() + 2];
    double sum = 0;
    for (int k = highest(); k >= 0; k--) {
      if (k >= lowest) {
        sum += probabilities[k - lowest];
      }
      tails[k] = Math.min(1, sum);
    }
    return tails;
  }

  /// The lesser of two independent counts.
  Counts min(Counts other) {
    int low = Math.min(lowest, other.lowest);
    int high = Math.min(highest(), other.highest());
    double[] mine = tails();
    double[] theirs = other.tails();
    double[] result = new double[high - low + 1];
    for (int k = low; k <= high; k++) {
      double above = k < high ? mine[k + 1] * theirs[k + 1] : 0;
      result[k - low] = Math.max(0, mine[k] * theirs[k] - above);
    }
    return new Counts(low, result);
  }

  /// Each counted pair is kept with `probability`.
  Counts thinned(double probability) {
    if (probability >= 1) {
      return this;
    }
    double[] result = new double[highest() + 1];
    for (int j = 0; j < probabilities.length; j++) {
      if (probabilities[j] > NEGLIGIBLE) {
        Counts kept = binomial(lowest + j, probability);
        for (int i = 0; i < kept.probabilities.length; i++) {
          result[kept.lowest + i] += probabilities[j] * kept.probabilities[i];
        }
      }
    }
    return new Counts(0, result).trimmed();
  }

  /// Pairs of pairs.
  Counts halved() {
    int low = lowest / 2;
    double[] result = new double[highest() / 2 - low + 1];
    for (int j = 0; j < probabilities.length; j++) {
      result[(lowest + j) / 2 - low] += probabilities[j];
    }
    return new Counts(low, result);
  }

  private Counts trimmed() {
    int from = 0;
    int to = probabilities.length;
    while (from < to - 1 && probabilities[from] <= NEGLIGIBLE) {
      from++;
    }
    while (to > from + 1 && probabilities[to - 1] <= NEGLIGIBLE) {
      to--;
    }
    return new Counts(lowest + from, Arrays.copyOfRange(probabilities, from, to));
  }

  private static double[] normalized(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
