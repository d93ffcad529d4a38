package net.bellwether.emulator.nature;

import static net.bellwether.emulator.nature.Laboratory.A;
import static net.bellwether.emulator.nature.Laboratory.AB;
import static net.bellwether.emulator.nature.Laboratory.B;
import static net.bellwether.emulator.nature.Laboratory.BC;
import static net.bellwether.emulator.nature.Laboratory.C;
import static net.bellwether.emulator.nature.Laboratory.FLOW;
import static net.bellwether.emulator.nature.Laboratory.MULTIPLEXING;
import static net.bellwether.emulator.nature.Laboratory.ROUNDS;
import static net.bellwether.emulator.nature.Laboratory.STABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.LinkPhysics;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

final class HeraldingTest {
  private final Laboratory lab = new Laboratory(11, Operations.IDEAL, STABLE);

  @Test
  void modesSucceedAsOftenAsTheirAttemptsMake() {
    int frames = 200;
    List<Herald> heralds = lab.run(frames).take(AB);
    LinkPhysics physics = lab.physics(AB);
    long attempts =
        ROUNDS.attemptsPerRound(physics.attemptPeriodPicos(), physics.heraldLatencyPicos());
    double expected = successWithin(attempts, physics.attemptSuccessProbability());
    Share share = new Share();
    int modes = frames * ROUNDS.count() * MULTIPLEXING;
    for (int mode = 0; mode < modes; mode++) {
      share.count(mode < heralds.size());
    }
    assertThat(expected).isBetween(0.2, 0.8);
    share.assertIs(expected);
  }

  @Test
  void theFirstSuccessOfAModeIsGeometricAmongItsAttempts() {
    LinkPhysics physics = lab.physics(AB);
    double p = physics.attemptSuccessProbability();
    int attempts =
        (int) ROUNDS.attemptsPerRound(physics.attemptPeriodPicos(), physics.heraldLatencyPicos());
    ChiSquare firstSuccesses = new ChiSquare(attempts);
    for (Herald herald : lab.run(200).take(AB)) {
      long since =
          herald
                  .time()
                  .picosSince(ROUNDS.start(herald.time().frame(), ROUNDS.indexAt(herald.time())))
              - physics.heraldLatencyPicos();
      assertThat(since % physics.attemptPeriodPicos()).isZero();
      firstSuccesses.count((int) (since / physics.attemptPeriodPicos()) - 1);
    }
    double[] expected = new double[attempts];
    for (int failed = 0; failed < attempts; failed++) {
      expected[failed] = p * Math.pow(1 - p, failed) / successWithin(attempts, p);
    }
    firstSuccesses.assertAre(expected);
  }

  /// A number of pairs a round, not only their sum: modes succeed independently.
  @Test
  void thePairsOfARoundAreBinomial() {
    LinkPhysics physics = lab.physics(AB);
    double mode =
        successWithin(
            ROUNDS.attemptsPerRound(physics.attemptPeriodPicos(), physics.heraldLatencyPicos()),
            physics.attemptSuccessProbability());
    int frames = 400;
    int[][] perRound = new int[frames][ROUNDS.count()];
    long first = lab.nature.now().frame();
    for (Herald herald : lab.run(frames).take(AB)) {
      perRound[(int) (herald.time().frame() - first)][ROUNDS.indexAt(herald.time())]++;
    }
    double sum = 0;
    double squares = 0;
    for (int[] rounds : perRound) {
      for (int pairs : rounds) {
        sum += pairs;
        squares += (double) pairs * pairs;
      }
    }
    int rounds = frames * ROUNDS.count();
    double mean = sum / rounds;
    double variance = squares / rounds - mean * mean;
    double expected = MULTIPLEXING * mode * (1 - mode);
    // The variance of a variance of nearly normal values is 2/n of its square.
    assertThat(variance)
        .isBetween(
            expected * (1 - 4 * Math.sqrt(2.0 / rounds)),
            expected * (1 + 4 * Math.sqrt(2.0 / rounds)));
  }

  private static double successWithin(long attempts, double p) {
    return 1 - Math.pow(1 - p, (double) attempts);
  }

  @Test
  void aModeMakesAtMostOnePairARound() {
    Laboratory bright = new Laboratory(3, Operations.IDEAL, STABLE, 1.0);
    assertThat(bright.run(10).take(AB)).hasSize(10 * ROUNDS.count() * MULTIPLEXING);
  }

  @Test
  void bothEndsSeeTheSameHeraldsInOrderOfTimeAndSequence() {
    lab.run(0);
    var batches = lab.nature.advanceTo(lab.nature.now().frame() + 5);
    List<Herald> atA = Objects.requireNonNull(batches.get(A)).heralds();
    assertThat(Objects.requireNonNull(batches.get(B)).heralds()).containsAll(atA);
    assertThat(atA)
        .isNotEmpty()
        .isSortedAccordingTo(
            Comparator.comparing(Herald::time).thenComparingLong(Herald::sequence));
    assertThat(atA.stream().map(Herald::sequence)).doesNotHaveDuplicates();
    assertThat(Objects.requireNonNull(batches.get(A)).completeUntil()).isEqualTo(lab.nature.now());
  }

  @Test
  void freshPairsHaveTheDeclaredStateInEveryBasis() {
    BellDiagonal state = lab.physics(AB).state();
    ErrorRates errors = new ErrorRates();
    Share announcedX = new Share();
    for (int frame = 0; frame < 200; frame++) {
      for (Herald herald : lab.run(1).take(AB)) {
        Basis basis = ErrorRates.basisOf(herald.sequence());
        announcedX.count(herald.bellIndex() == Pauli.X);
        errors.count(
            basis, lab.disagree(A, B, lab.id(herald), herald.time(), basis, herald.bellIndex()));
      }
    }
    announcedX.assertIs(0.5);
    errors.assertAre(state::qber);
  }

  @Test
  void nothingIsAttemptedUnlessBothEndsAskForTheSame() {
    AttemptRequest wish = Laboratory.request(AB);
    List<AttemptRequest> unlike =
        List.of(
            new AttemptRequest(AB, FlowId.of("other"), 1, 0, "bright", 50, 0, 9999, ROUNDS),
            new AttemptRequest(AB, FLOW, 2, 0, "bright", 50, 0, 9999, ROUNDS),
            new AttemptRequest(AB, FLOW, 1, 1, "bright", 50, 0, 9999, ROUNDS),
            new AttemptRequest(AB, FLOW, 1, 0, "dim", 50, 0, 9999, ROUNDS),
            new AttemptRequest(AB, FLOW, 1, 0, "bright", 49, 0, 9999, ROUNDS),
            new AttemptRequest(AB, FLOW, 1, 0, "bright", 50, 0, 9999, new Rounds(0, 9, 9, 1)));
    for (AttemptRequest other : unlike) {
      lab.nature.schedule(A, List.of(wish));
      lab.nature.schedule(B, List.of(other));
      lab.advance(2);
      assertThat(lab.take(AB)).isEmpty();
    }
    lab.nature.schedule(B, List.of(wish));
    lab.advance(2);
    assertThat(lab.take(AB)).isNotEmpty();
  }

  @Test
  void attemptsKeepToTheFramesOfBothEnds() {
    long now = lab.nature.now().frame();
    lab.nature.schedule(
        A, List.of(new AttemptRequest(AB, FLOW, 1, 0, "bright", 50, now, now + 5, ROUNDS)));
    lab.nature.schedule(
        B, List.of(new AttemptRequest(AB, FLOW, 1, 0, "bright", 50, now + 2, now + 9, ROUNDS)));
    lab.advance(20);
    assertThat(lab.take(AB).stream().map(h -> h.time().frame()).distinct())
        .containsExactly(now + 2, now + 3, now + 4);
  }

  @Test
  void theLaterOfTwoRequestsThatExceedTheQubitsIsNotAttempted() {
    FlowId late = FlowId.of("late");
    AttemptRequest first = Laboratory.request(AB, FLOW, 100, ROUNDS);
    AttemptRequest second = Laboratory.request(BC, late, 100, ROUNDS);
    AttemptRequest third = Laboratory.request(BC, FLOW, 1, ROUNDS);
    assertThat(lab.network.node(B).communicationQubits().count()).isEqualTo(200);
    lab.nature.schedule(A, List.of(first));
    lab.nature.schedule(B, List.of(second, first, third));
    lab.nature.schedule(C, List.of(second, third));
    lab.advance(1);
    assertThat(lab.take(AB)).isNotEmpty();
    assertThat(lab.take(BC)).isNotEmpty();
    assertThat(lab.nature.overcommitted()).containsExactly(third);
    lab.nature.schedule(C, List.of());
    assertThat(lab.nature.overcommitted()).isEmpty();
  }

  /// Two that follow each other in a frame take qubits one after the other, also from one that runs
  /// beside both.
  @Test
  void requestsThatFollowEachOtherAreNotAddedUp() {
    Rounds early = new Rounds(5_000_000_000L, 1_000_000_000L, 4_000_000_000L, 10);
    Rounds late = new Rounds(45_000_000_000L, 1_000_000_000L, 4_000_000_000L, 10);
    Rounds all = new Rounds(5_000_000_000L, 1_000_000_000L, 4_000_000_000L, 20);
    AttemptRequest first = Laboratory.request(BC, FLOW, 100, early);
    AttemptRequest second = Laboratory.request(BC, FlowId.of("second"), 100, late);
    AttemptRequest beside = Laboratory.request(AB, FlowId.of("beside"), 100, all);
    lab.nature.schedule(C, List.of(first, second));
    lab.nature.schedule(B, List.of(first, second, beside));
    lab.nature.schedule(A, List.of(beside));
    lab.advance(1);
    assertThat(lab.nature.overcommitted()).isEmpty();
    assertThat(lab.take(AB)).isNotEmpty();
  }

  @Test
  void requestsThatTheHardwareCannotServeAreNamed() {
    assertThat(
            lab.nature.schedule(
                A,
                List.of(
                    Laboratory.request(BC),
                    Laboratory.request(AB, FLOW, 101, ROUNDS),
                    new AttemptRequest(AB, FLOW, 1, 0, "blue", 1, 0, 9, ROUNDS))))
        .containsExactly(
            "link (bc) must be one of node a",
            "multiplexing (101) must be at most the 100 modes of link ab",
            "mode (blue) must be one of link ab");
  }

  @Test
  void theSameSeedGivesTheSameHeraldsAndOutcomes() {
    assertThat(transcript(5)).isEqualTo(transcript(5)).isNotEqualTo(transcript(6));
  }

  private static List<Object> transcript(long seed) {
    Laboratory lab = new Laboratory(seed, new Operations(0.9, 0.1, 0.7), STABLE).run(3);
    List<Object> all = new ArrayList<>();
    List<Herald> left = lab.take(AB);
    List<Herald> right = lab.take(BC);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      NetworkTime stamp = NetworkTime.later(left.get(i).time(), right.get(i).time());
      all.add(left.get(i));
      all.add(lab.swap(lab.id(left.get(i)), lab.id(right.get(i)), lab.newName(), stamp));
      all.add(lab.measure(A, lab.id(left.get(i)), stamp, Basis.Z));
      all.add(lab.measure(C, lab.id(right.get(i)), stamp, Basis.X));
    }
    return all;
  }

  @Test
  void whatOneLinkDoesLeavesTheChanceOfOthersAsItWas() {
    Laboratory alone = new Laboratory(11, Operations.IDEAL, STABLE);
    alone.nature.schedule(B, List.of(Laboratory.request(BC)));
    alone.nature.schedule(C, List.of(Laboratory.request(BC)));
    alone.advance(3);
    assertThat(alone.take(BC)).isNotEmpty().isEqualTo(lab.run(3).take(BC));
  }

  @Test
  void skippedFramesHaveNoHeralds() {
    lab.run(0);
    lab.nature.skipTo(lab.nature.now().frame() + 1000);
    lab.advance(1);
    assertThat(lab.take(AB).stream().map(h -> h.time().frame()).distinct())
        .containsExactly(lab.nature.now().frame() - 1);
  }

  @Test
  void pairsAreForgottenTwoSecondsAfterTheirRound() {
    lab.run(100);
    int steady = lab.nature.pairCount();
    lab.advance(100);
    assertThat(lab.nature.pairCount()).isBetween(steady * 9 / 10, steady * 11 / 10);
  }
}
