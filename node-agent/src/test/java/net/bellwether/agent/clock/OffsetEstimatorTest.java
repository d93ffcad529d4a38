package net.bellwether.agent.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

class OffsetEstimatorTest {
  private static final long SEEDS = 300;
  private static final long MILLI = 1_000_000L;
  private static final long EXCHANGE_EVERY = 250 * MILLI;
  private static final NetworkTime START = NetworkTime.startOfFrame(17_000_000_000L);

  /// Two even clocks and the ways between them.
  private static final class Ways {
    final OffsetEstimator estimator = new OffsetEstimator();
    long offsetNanos;
    long nanos;
    long shortestRoundTrip = Long.MAX_VALUE;

    private NetworkTime own(long at) {
      return START.plusPicos(at * 1_000);
    }

    void exchange(long there, long back) {
      NetworkTime peer = own(nanos + there).plusPicos(offsetNanos * 1_000);
      long returned = nanos + there + back;
      estimator.exchanged(nanos, returned, own(returned), peer);
      shortestRoundTrip = Math.min(shortestRoundTrip, there + back);
      nanos += EXCHANGE_EVERY;
    }

    Optional<ClockOffset> find() {
      return estimator.find(nanos);
    }
  }

  private static long delay(SplittableRandom random) {
    return random.nextInt(5) == 0
        ? random.nextLong(80 * MILLI)
        : 100_000 + random.nextLong(2 * MILLI);
  }

  @Test
  void truthLiesWithinTheUncertaintyHoweverUnequalTheWays() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Ways ways = new Ways();
      ways.offsetNanos = random.nextLong(-3_600_000 * MILLI, 3_600_000 * MILLI);
      for (int exchange = 0; exchange < 40; exchange++) {
        ways.exchange(delay(random), delay(random));
        ClockOffset found = ways.find().orElseThrow();
        assertThat(Math.abs(found.offsetNanos() - ways.offsetNanos))
            .as("seed %d, exchange %d", seed, exchange)
            .isLessThanOrEqualTo(found.uncertaintyNanos());
      }
    }
  }

  @Test
  void shortestRoundTripOfTheWindowStatesTheUncertainty() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Ways ways = new Ways();
      for (int exchange = 0; exchange < OffsetEstimator.EXCHANGES; exchange++) {
        ways.exchange(delay(random), delay(random));
      }
      assertThat(ways.find().orElseThrow().uncertaintyNanos())
          .as("seed %d", seed)
          .isBetween(ways.shortestRoundTrip / 2, ways.shortestRoundTrip / 2 + 2);
    }
  }

  @Test
  void jumpIsSeenWholeOnceTheWindowHasPassed() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Ways ways = new Ways();
      for (int exchange = 0; exchange < 20; exchange++) {
        ways.exchange(delay(random), delay(random));
      }
      ways.offsetNanos = random.nextBoolean() ? 300 * MILLI : -300 * MILLI;
      for (int exchange = 0; exchange < OffsetEstimator.EXCHANGES; exchange++) {
        ways.exchange(delay(random), delay(random));
      }
      ClockOffset found = ways.find().orElseThrow();
      assertThat(Math.abs(found.offsetNanos() - ways.offsetNanos))
          .as("seed %d", seed)
          .isLessThanOrEqualTo(found.uncertaintyNanos());
    }
  }

  @Test
  void peerThatNoLongerAnswersHasNoEstimate() {
    Ways ways = new Ways();
    ways.exchange(MILLI, MILLI);
    assertThat(ways.find()).isPresent();
    ways.nanos += OffsetEstimator.AGE_NANOS_MAX;
    assertThat(ways.find()).isEmpty();
  }

  @Test
  void clocksThatAreAgesApartAreFarApart() {
    OffsetEstimator estimator = new OffsetEstimator();
    estimator.exchanged(
        0, MILLI, NetworkTime.startOfFrame(1), NetworkTime.startOfFrame(Long.MAX_VALUE));
    assertThat(estimator.find(MILLI).orElseThrow().offsetNanos())
        .isGreaterThan(Long.MAX_VALUE / 10);
    OffsetEstimator back = new OffsetEstimator();
    back.exchanged(0, MILLI, NetworkTime.startOfFrame(Long.MAX_VALUE), NetworkTime.startOfFrame(1));
    assertThat(back.find(MILLI).orElseThrow().offsetNanos()).isLessThan(-Long.MAX_VALUE / 10);
  }
}
