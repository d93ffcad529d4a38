package net.bellwether.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.bellwether.agent.engine.KeepingNetwork.Outcome;
import net.bellwether.agent.engine.KeepingNetwork.Trouble;
import net.bellwether.agent.kept.KeptEvent;
import net.bellwether.topology.pair.PairId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Engines whose ends keep pairs, on perfect hardware, with everything interleaved at random. A
/// failure names the seed that replays it.
class KeepingPropertyTest {
  private static final int SEEDS = 40;

  @ParameterizedTest
  @CsvSource({"ab,false", "abc,false", "ab,true", "abc,true"})
  void withoutTroubleBothEndsAreHandedTheSamePairs(String nodes, boolean purified) {
    int total = 0;
    int compared = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      KeepingNetwork network = run(nodes, purified, seed, Trouble.NONE);
      assertThat(network.handed(network.left()).keySet())
          .as("seed %d", seed)
          .isEqualTo(network.handed(network.right()).keySet());
      total += network.handed(network.left()).size();
      compared += assertEqualOutcomes(network, seed);
    }
    assertThat(total).isGreaterThan(SEEDS);
    assertThat(compared).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"ab,false", "abc,false", "abc,true"})
  void lostMessagesLeakNothingAndBreakNoAgreement(String nodes, boolean purified) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      assertEqualOutcomes(run(nodes, purified, seed, new Trouble(0.2, 1_000, false)), seed);
    }
  }

  @ParameterizedTest
  @CsvSource({"ab,false", "abc,true"})
  void whatOneEndHasNoMemoryForIsReleasedAtBoth(String nodes, boolean purified) {
    long refused = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      KeepingNetwork network = run(nodes, purified, seed, new Trouble(0, 2, false));
      refused += network.count(network.right()).keepRefusedCount();
      assertThat(network.handed(network.left()).keySet())
          .as("seed %d", seed)
          .isEqualTo(network.handed(network.right()).keySet());
      assertEqualOutcomes(network, seed);
    }
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"ab,false", "abc,false", "abc,true"})
  void whatAnEndLosesWithItsDeviceTheOtherReleases(String nodes, boolean purified) {
    boolean released = false;
    for (long seed = 1; seed <= SEEDS; seed++) {
      KeepingNetwork network = run(nodes, purified, seed, new Trouble(0, 1_000, true));
      assertEqualOutcomes(network, seed);
      released |=
          network.ended(network.right()).containsValue(KeptEvent.Reason.PEER_RELEASED)
              && network.ended(network.left()).containsValue(KeptEvent.Reason.LOST);
    }
    assertThat(released).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"ab,false", "abc,true"})
  void allTroubleAtOnceLeaksNothing(String nodes, boolean purified) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      assertEqualOutcomes(run(nodes, purified, seed, new Trouble(0.3, 2, true)), seed);
    }
  }

  private static KeepingNetwork run(String nodes, boolean purified, long seed, Trouble trouble) {
    KeepingNetwork network = new KeepingNetwork(nodes, purified, seed, trouble);
    network.run();
    network.assertNothingIsLeft(seed);
    return network;
  }

  /// Pairs are perfect: outcomes along one direction are equal, whatever the Bell state was.
  private static int assertEqualOutcomes(KeepingNetwork network, long seed) {
    int compared = 0;
    Map<PairId, Outcome> right = network.measured(network.right());
    for (Map.Entry<PairId, Outcome> left : network.measured(network.left()).entrySet()) {
      Outcome other = right.get(left.getKey());
      if (other != null && other.direction().equals(left.getValue().direction())) {
        assertThat(other.bit())
            .as("seed %d pair %s", seed, left.getKey())
            .isEqualTo(left.getValue().bit());
        compared++;
      }
    }
    return compared;
  }
}
