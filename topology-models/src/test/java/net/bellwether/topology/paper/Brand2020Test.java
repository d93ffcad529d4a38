package net.bellwether.topology.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Waiting times, in attempts, of nested swapping \[brand2020\] and the decay of pairs that wait
/// for swaps made as soon as possible, with figures computed apart from this code. What the fluid
/// model leaves out, in numbers.
class Brand2020Test {
  /// Attempts counted; beyond them the distributions used here have less than 1e-12.
  private static final int HORIZON = 4_000;

  @Test
  void slowerOfTwoLinksTakesTheKnownMean() {
    for (double p : new double[] {0.01, 0.1, 0.5, 1}) {
      int horizon = (int) (40 / p) + 2;
      double mean = mean(slowerOfTwo(geometric(p, horizon)));
      assertThat(mean).isCloseTo((3 - 2 * p) / (p * (2 - p)), within(1e-9));
    }
  }

  @Test
  void nestedSwapsTakeTheKnownMeans() {
    assertThat(nested(0.1, 0.5, 1)).isCloseTo(29.473684210525892, within(1e-8));
    assertThat(nested(0.1, 0.5, 2)).isCloseTo(84.81758040986405, within(1e-8));
    assertThat(nested(0.2, 0.8, 3)).isCloseTo(26.62647859599649, within(1e-8));
  }

  /// (3 / 2)^k / (p q^k) is the rule of thumb, and always too long here.
  @Test
  void ruleOfThreeHalvesOverestimates() {
    assertThat(nested(0.1, 0.5, 1)).isLessThan(1.5 / (0.1 * 0.5));
    assertThat(nested(0.1, 0.5, 2)).isLessThan(2.25 / (0.1 * 0.25));
    assertThat(nested(0.2, 0.8, 3)).isLessThan(3.375 / (0.2 * 0.512));
  }

  /// p / (2 - p) · (1 + a r) / (1 - a r), r = 1 - p, for a storage decay of a per attempt.
  @Test
  void twoLinksDecayByTheClosedForm() {
    for (double[] c : new double[][] {{0.1, 0.99}, {0.02, 0.999}, {0.5, 0.9}}) {
      double ar = c[1] * (1 - c[0]);
      assertThat(keptWhileWaiting(2, c[0], c[1]))
          .isCloseTo(c[0] / (2 - c[0]) * (1 + ar) / (1 - ar), within(1e-9));
    }
  }

  @Test
  void longerChainsDecayAsComputed() {
    assertThat(keptWhileWaiting(3, 0.1, 0.99)).isCloseTo(0.8357539964767257, within(1e-9));
    assertThat(keptWhileWaiting(4, 0.1, 0.99)).isCloseTo(0.7650246682591154, within(1e-9));
    assertThat(keptWhileWaiting(8, 0.05, 0.999)).isCloseTo(0.8742104833693035, within(1e-9));
  }

  private static double nested(double p, double q, int levels) {
    double[] waiting = geometric(p, HORIZON);
    for (int level = 0; level < levels; level++) {
      waiting = untilSwapped(slowerOfTwo(waiting), q);
    }
    return mean(waiting);
  }

  /// Probability that the first success comes with attempt t, at index t.
  private static double[] geometric(double p, int horizon) {
    double[] probability = new double[horizon + 1];
    double failedSoFar = 1;
    for (int t = 1; t <= horizon; t++) {
      probability[t] = failedSoFar * p;
      failedSoFar *= 1 - p;
    }
    return probability;
  }

  /// The distribution function squared.
  private static double[] slowerOfTwo(double[] one) {
    double[] both = new double[one.length];
    double before = 0;
    for (int t = 0; t < one.length; t++) {
      double now = before + one[t];
      both[t] = now * now - before * before;
      before = now;
    }
    return both;
  }

  /// A failed swap begins anew: G(t) = q D(t) + (1 - q) Σ D(s) G(t - s).
  private static double[] untilSwapped(double[] tried, double q) {
    double[] done = new double[tried.length];
    for (int t = 1; t < tried.length; t++) {
      double again = 0;
      for (int s = 1; s < t; s++) {
        again += tried[s] * done[t - s];
      }
      done[t] = q * tried[t] + (1 - q) * again;
    }
    return done;
  }

  private static double mean(double[] probability) {
    double mean = 0;
    for (int t = 0; t < probability.length; t++) {
      mean += t * probability[t];
    }
    return mean;
  }

  /// E[a^Σ|Nᵢ - Nᵢ₊₁|] of `links` geometric times, from link to link.
  private static double keptWhileWaiting(int links, double p, double a) {
    int horizon = (int) (32 / p);
    double[] chance = geometric(p, horizon);
    double[] weight = chance.clone();
    for (int link = 1; link < links; link++) {
      double[] next = new double[horizon + 1];
      // Both sums over the earlier and the later neighbours, carried along: O(horizon) a link.
      double earlier = 0;
      double later = 0;
      for (int t = 1; t <= horizon; t++) {
        earlier = earlier * a + weight[t];
        next[t] += earlier;
      }
      for (int t = horizon; t >= 1; t--) {
        next[t] += later;
        later = (later + weight[t]) * a;
      }
      for (int t = 1; t <= horizon; t++) {
        next[t] *= chance[t];
      }
      weight = next;
    }
    double kept = 0;
    for (double w : weight) {
      kept += w;
    }
    return kept;
  }
}
