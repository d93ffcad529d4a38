package net.bellwether.topology.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Q-CAST's expected throughput EXT of a wide path \[shi2020\]: every hop tries `width` channels at
/// once, and the path carries as many pairs as its worst hop has. The recursion over hops is
///
///     P(k, i) = P(k-1, i) Σ_{l≥i} Q(k, l) + Q(k, i) Σ_{l>i} P(k-1, l)
///
/// with Q(k, i) that exactly i channels of hop k work. The figures are ours, by adding up every
/// outcome of every channel; swaps, which multiply EXT by q each, are left at certainty.
class Shi2020Test {
  @Test
  void pathOfWidthOneCarriesTheProductOfItsHops() {
    assertThat(expectedThroughput(1, 0.6, 0.6)).isCloseTo(0.36, within(1e-12));
  }

  @Test
  void recursionIsTheExpectedMinimumOverHops() {
    assertThat(expectedThroughput(2, 0.6, 0.6, 0.6)).isCloseTo(0.63936, within(1e-12));
    assertThat(expectedThroughput(2, 0.9, 0.6, 0.8)).isCloseTo(0.98496, within(1e-12));
    assertThat(expectedThroughput(3, 0.9, 0.5, 0.7)).isCloseTo(1.2628035, within(1e-12));
  }

  /// Why the paper prefers one wide path to several narrow ones of the same resources.
  @Test
  void widePathCarriesMoreThanAsManyNarrowOnes() {
    for (int width = 2; width <= 5; width++) {
      assertThat(expectedThroughput(width, 0.6, 0.6, 0.6, 0.6))
          .isGreaterThan(width * expectedThroughput(1, 0.6, 0.6, 0.6, 0.6));
    }
  }

  @Test
  void recursionIsTheSumOverEveryOutcome() {
    double[] hops = {0.35, 0.8, 0.55};
    for (int width = 1; width <= 4; width++) {
      assertThat(expectedThroughput(width, hops))
          .isCloseTo(overEveryOutcome(width, hops), within(1e-12));
    }
  }

  private static double expectedThroughput(int width, double... hops) {
    double[] path = working(width, hops[0]);
    for (int hop = 1; hop < hops.length; hop++) {
      double[] link = working(width, hops[hop]);
      double[] next = new double[width + 1];
      double linkHasMore = 0;
      double pathHasMore = 0;
      for (int i = width; i >= 0; i--) {
        next[i] = path[i] * (linkHasMore + link[i]) + link[i] * pathHasMore;
        linkHasMore += link[i];
        pathHasMore += path[i];
      }
      path = next;
    }
    double expected = 0;
    for (int i = 1; i <= width; i++) {
      expected += i * path[i];
    }
    return expected;
  }

  private static double[] working(int width, double p) {
    double[] exactly = new double[width + 1];
    double ways = 1;
    for (int i = 0; i <= width; i++) {
      exactly[i] = ways * Math.pow(p, i) * Math.pow(1 - p, width - i);
      ways = ways * (width - i) / (i + 1);
    }
    return exactly;
  }

  private static double overEveryOutcome(int width, double[] hops) {
    double expected = 0;
    int channels = width * hops.length;
    for (int outcome = 0; outcome < 1 << channels; outcome++) {
      double probability = 1;
      int fewest = width;
      for (int hop = 0; hop < hops.length; hop++) {
        int works = Integer.bitCount((outcome >> (hop * width)) & ((1 << width) - 1));
        probability *= Math.pow(hops[hop], works) * Math.pow(1 - hops[hop], width - works);
        fewest = Math.min(fewest, works);
      }
      expected += probability * fewest;
    }
    return expected;
  }
}
