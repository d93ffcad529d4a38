package net.bellwether.scheduler.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// With one memory a link the fluid rate is too high, the more links the more: about by the sum of
/// 1/k up to their number.
class DesignRatiosTest {
  @ParameterizedTest
  @CsvSource({"2, 1.5", "3, 1.8", "4, 2.1", "8, 2.7"})
  void fluidRateIsTooHighByTheKnownRatio(int links, double ratio) {
    double p = 0.005;
    double freeRunning = Chain.equal(links, p).waiting().pairsPerSecond();
    assertThat(p / freeRunning).isCloseTo(ratio, within(0.05));
  }
}
