package net.bellwether.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.pair.PairId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A few engines on perfect hardware, with messages, heralds and outcomes interleaved at random
/// (order is only kept per sender). A failure names the seed that replays it.
class RuleEnginePropertyTest {
  private static final int SEEDS = 40;
  private static final int RANDOM_SEEDS = 150;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab",
        "S ab bc",
        "S S ab bc cd",
        "S D ab B bc",
        "D D S ab bc",
        "d D ab ab",
        "b d D ab ab ab",
        "S d ab ab bc",
        "d S ab bc S ad dc",
        "B d S D ab bc S ab B bc"
      })
  void bothEndsDeliverTheSamePairsWithEqualBits(String text) {
    PlanShape shape = PlanShape.of(text);
    int total = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      RandomNetwork network = new RandomNetwork(List.of(shape), seed, Faults.NONE);
      total += run(network, List.of(shape), Faults.NONE, "seed " + seed);
    }
    assertThat(total).isPositive();
  }

  @Test
  void anyTreesBesideEachOtherDeliverTheSamePairsAtBothEnds() {
    runRandom(Faults.NONE);
  }

  @Test
  void lossesCostPairsButNeverConsistency() {
    runRandom(Faults.LOSSES);
  }

  @Test
  void repeatsLateMessagesAndMissedHeraldsCostPairsButNeverConsistency() {
    runRandom(Faults.DISORDER);
  }

  @Test
  void crashesAndLostDevicesCostPairsButNeverConsistency() {
    runRandom(Faults.DISASTER);
  }

  @Test
  void clocksThatJumpCostPairsButNeitherConsistencyNorMemory() {
    runRandom(Faults.CLOCK_JUMPS);
  }

  private static void runRandom(Faults faults) {
    int total = 0;
    for (long seed = 1; seed <= RANDOM_SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<PlanShape> shapes =
          List.of(
              PlanShape.random(random, "abcd".substring(0, 2 + random.nextInt(3))),
              PlanShape.random(random, "abcde".substring(random.nextInt(3))));
      total +=
          run(new RandomNetwork(shapes, seed, faults), shapes, faults, "seed " + seed + shapes);
    }
    // While clocks are off, hardly any.
    assertThat(total).isGreaterThan(faults.clockJump() > 0 ? RANDOM_SEEDS / 2 : RANDOM_SEEDS);
  }

  /// How many pairs were delivered at both ends.
  private static int run(
      RandomNetwork network, List<PlanShape> shapes, Faults faults, String name) {
    try {
      network.run();
      int total = 0;
      for (int flow = 0; flow < shapes.size(); flow++) {
        total += agree(network, shapes.get(flow), RandomNetwork.flow(flow), faults);
      }
      network.assertNothingIsLeft();
      return total;
    } catch (AssertionError | IllegalStateException e) {
      throw new AssertionError(name, e);
    }
  }

  /// One end hears of a pair and the other does not: both go on, and no qubit stays taken.
  @Test
  void heraldsLostAtOneEndCostPairsButNeitherConsistencyNorMemory() {
    runRandom(Faults.MISSED_HERALDS);
  }

  @Test
  void sameSeedGivesTheSameRun() {
    List<PlanShape> shapes = List.of(PlanShape.of("S S ab bc cd"));
    RandomNetwork once = new RandomNetwork(shapes, 5, Faults.DISASTER);
    RandomNetwork again = new RandomNetwork(shapes, 5, Faults.DISASTER);
    once.run();
    again.run();
    FlowId flow = RandomNetwork.flow(0);
    assertThat(once.delivered("a", flow)).isEqualTo(again.delivered("a", flow)).isNotEmpty();
  }

  private static Set<PairId> ids(List<DeliveredPair> pairs) {
    Set<PairId> ids = new HashSet<>();
    pairs.forEach(pair -> ids.add(pair.pair()));
    return ids;
  }

  private static int agree(RandomNetwork network, PlanShape shape, FlowId flow, Faults faults) {
    List<DeliveredPair> left = network.delivered(shape.leftEnd(), flow);
    List<DeliveredPair> right = network.delivered(shape.rightEnd(), flow);
    assertThat(ids(left)).as("delivered once").hasSameSizeAs(left);
    assertThat(ids(right)).as("delivered once").hasSameSizeAs(right);
    if (faults.equals(Faults.NONE)) {
      assertThat(ids(left)).isEqualTo(ids(right));
    }
    Map<PairId, DeliveredPair> byId = new HashMap<>();
    right.forEach(pair -> byId.put(pair.pair(), pair));
    int both = 0;
    for (DeliveredPair one : left) {
      if (byId.containsKey(one.pair())) {
        assertSame(network, one, Objects.requireNonNull(byId.get(one.pair())));
        both++;
      }
    }
    return both;
  }

  private static void assertSame(RandomNetwork network, DeliveredPair one, DeliveredPair other) {
    assertThat(one.generation()).isEqualTo(other.generation());
    assertThat(network.hardware().generationOf(one.pair())).isEqualTo(one.generation());
    if (one.basis() == other.basis()) {
      assertThat(one.bit()).as("pair %s", one.pair()).isEqualTo(other.bit());
    }
  }
}
