package net.bellwether.agent.distill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconciliationTest {
  /// Corrected bits equal, parities disclosed as counted at each end, as sent, and round trips.
  private record Run(boolean equal, long told, long received, long sent, int roundTrips) {}

  private static Run reconcile(int length, double errorRate, double expected, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Bits left = new Bits(length);
    Bits right = new Bits(length);
    for (int i = 0; i < length; i++) {
      boolean bit = random.nextBoolean();
      left.append(bit);
      right.append(bit ^ (random.nextDouble() < errorRate));
    }
    ParityOracle oracle = new ParityOracle(left, 5);
    ErrorSearch search = new ErrorSearch(right, 5, expected);
    long sent = 0;
    int roundTrips = 0;
    for (Optional<byte[]> ask = search.ask(); ask.isPresent(); ask = search.ask()) {
      byte[] answer = oracle.answer(new FrameReader(ask.get()));
      sent += new FrameReader(answer).bits(length, "parities").length();
      search.learn(new FrameReader(answer));
      roundTrips++;
    }
    boolean equal = true;
    for (int i = 0; i < length; i++) {
      equal &= left.get(i) == right.get(i);
    }
    return new Run(equal, oracle.disclosed(), search.received(), sent, roundTrips);
  }

  private static double entropy(double p) {
    return -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08})
  void disclosesLittleMoreThanShannonAsks(double errorRate) {
    for (int length : new int[] {10_000, 50_000}) {
      Run run = reconcile(length, errorRate, errorRate, 11);
      assertThat(run.equal()).isTrue();
      assertThat(run.told() / (length * entropy(errorRate))).isBetween(0.95, 1.35);
      assertThat(run.roundTrips()).isLessThan(600);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.02, 0.05, 0.11})
  void everyParitySentIsCountedAtBothEnds(double errorRate) {
    Run run = reconcile(8_000, errorRate, 0.02, 12);
    assertThat(run.told()).isEqualTo(run.sent());
    assertThat(run.received()).isEqualTo(run.sent());
  }

  @Test
  void correctsAlmostAlways() {
    int wrong = 0;
    for (int i = 0; i < 200; i++) {
      wrong += reconcile(2_000, 0.04, 0.04, 100 + i).equal() ? 0 : 1;
    }
    assertThat(wrong).isLessThanOrEqualTo(2);
  }

  @Test
  void wrongGuessOfTheErrorRateCostsEfficiencyOnly() {
    assertThat(reconcile(20_000, 0.08, 0.002, 13).equal()).isTrue();
    assertThat(reconcile(20_000, 0.005, 0.15, 13).equal()).isTrue();
  }
}
