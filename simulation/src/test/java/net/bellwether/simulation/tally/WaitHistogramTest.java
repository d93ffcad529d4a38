package net.bellwether.simulation.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class WaitHistogramTest {
  private final WaitHistogram histogram = new WaitHistogram();

  @Test
  void nothingWaitedHasNoMean() {
    assertThat(histogram.findMeanPicos()).isEmpty();
    assertThat(histogram.findQuantilePicos(0.95)).isEmpty();
  }

  @Test
  void quantilesAreGoodToOnePartIn64() {
    for (long picos = 1; picos <= 100_000; picos++) {
      histogram.add(picos * 1_000_003);
    }
    assertThat(histogram.findMeanPicos()).hasValue(50_000.5 * 1_000_003);
    for (double share : new double[] {0.01, 0.5, 0.95, 1}) {
      double exact = share * 100_000 * 1_000_003;
      assertThat(histogram.findQuantilePicos(share).orElseThrow())
          .isCloseTo(exact, within(exact / 64));
    }
  }

  @Test
  void noWaitIsTooShortOrTooLong() {
    histogram.add(0);
    histogram.add(Long.MAX_VALUE);
    assertThat(histogram.findQuantilePicos(0.5)).hasValue(0);
    assertThat(histogram.findQuantilePicos(1)).hasValue((double) Long.MAX_VALUE);
  }
}
