package net.bellwether.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bellwether.topology.pair.PairId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two to four engines on perfect hardware, with messages, heralds and outcomes interleaved at
/// random (order is only kept per sender). A failure names the seed that replays it.
class RuleEnginePropertyTest {
  private static final int SEEDS = 40;

  @ParameterizedTest
  @EnumSource(PlanShape.class)
  void bothEndsDeliverTheSamePairsWithEqualBits(PlanShape shape) {
    int total = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      RandomNetwork network = new RandomNetwork(shape, seed, 0);
      network.run();
      List<DeliveredPair> left = network.delivered(shape.leftEnd());
      List<DeliveredPair> right = network.delivered(shape.rightEnd());
      assertThat(ids(left)).as("seed %d", seed).isEqualTo(ids(right));
      total += left.size();
      assertAgreement(network, left, right, seed);
      network.assertNothingIsLeft(seed);
    }
    assertThat(total).isGreaterThan(SEEDS);
  }

  @ParameterizedTest
  @EnumSource(PlanShape.class)
  void lossesCostPairsButNeverConsistency(PlanShape shape) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      RandomNetwork network = new RandomNetwork(shape, seed, 0.15);
      network.run();
      assertAgreement(
          network, network.delivered(shape.leftEnd()), network.delivered(shape.rightEnd()), seed);
      network.assertNothingIsLeft(seed);
    }
  }

  /// One end hears of a pair and the other does not: both go on, and no qubit stays taken.
  @ParameterizedTest
  @EnumSource(PlanShape.class)
  void heraldsLostAtOneEndCostPairsButNeitherConsistencyNorMemory(PlanShape shape) {
    int total = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      RandomNetwork network = new RandomNetwork(shape, seed, 0, 0.15);
      network.run();
      List<DeliveredPair> left = network.delivered(shape.leftEnd());
      assertAgreement(network, left, network.delivered(shape.rightEnd()), seed);
      total += left.size();
      network.assertNothingIsLeft(seed);
    }
    assertThat(total).isPositive();
  }

  @Test
  void sameSeedGivesTheSameRun() {
    RandomNetwork once = new RandomNetwork(PlanShape.NESTED_SWAPS, 5, 0.1);
    RandomNetwork again = new RandomNetwork(PlanShape.NESTED_SWAPS, 5, 0.1);
    once.run();
    again.run();
    assertThat(once.delivered("a")).isEqualTo(again.delivered("a")).isNotEmpty();
  }

  private static Set<PairId> ids(List<DeliveredPair> pairs) {
    Set<PairId> ids = new HashSet<>();
    pairs.forEach(pair -> ids.add(pair.pair()));
    return ids;
  }

  private static void assertAgreement(
      RandomNetwork network, List<DeliveredPair> left, List<DeliveredPair> right, long seed) {
    assertThat(ids(left)).as("seed %d delivers once", seed).hasSameSizeAs(left);
    assertThat(ids(right)).as("seed %d delivers once", seed).hasSameSizeAs(right);
    for (DeliveredPair one : left) {
      for (DeliveredPair other : right) {
        if (one.pair().equals(other.pair())) {
          assertThat(one.generation()).isEqualTo(other.generation());
          assertThat(network.hardware().generationOf(one.pair())).isEqualTo(one.generation());
          if (one.basis() == other.basis()) {
            assertThat(one.bit()).as("seed %d pair %s", seed, one.pair()).isEqualTo(other.bit());
          }
        }
      }
    }
  }
}
