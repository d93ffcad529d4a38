package net.bellwether.emulator.nature;

import static net.bellwether.emulator.nature.Laboratory.A;
import static net.bellwether.emulator.nature.Laboratory.AB;
import static net.bellwether.emulator.nature.Laboratory.B;
import static net.bellwether.emulator.nature.Laboratory.BC;
import static net.bellwether.emulator.nature.Laboratory.MULTIPLEXING;
import static net.bellwether.emulator.nature.Laboratory.ROUNDS;
import static net.bellwether.emulator.nature.Laboratory.STABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import net.bellwether.topology.Link;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.LinkPhysics;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

/// What befalls links and nodes does exactly what its declaration says. Bounds are four standard
/// deviations (`Share`).
final class HappeningTest {
  private final Laboratory lab = new Laboratory(71, Operations.IDEAL, STABLE);

  private void assertErrorsAre(int frames, ToDoubleFunction<Basis> expected) {
    ErrorRates errors = new ErrorRates();
    for (int frame = 0; frame < frames; frame++) {
      for (Herald herald : lab.run(1).take(AB)) {
        Basis basis = ErrorRates.basisOf(herald.sequence());
        errors.count(
            basis, lab.disagree(A, B, lab.id(herald), herald.time(), basis, herald.bellIndex()));
      }
    }
    errors.assertAre(expected);
  }

  private void assertHeraldsComeWithProbability(double attemptSuccess) {
    LinkPhysics physics = lab.physics(AB);
    long attempts =
        ROUNDS.attemptsPerRound(physics.attemptPeriodPicos(), physics.heraldLatencyPicos());
    int frames = 100;
    int heralds = lab.run(frames).take(AB).size();
    Share share = new Share();
    for (int mode = 0; mode < frames * ROUNDS.count() * MULTIPLEXING; mode++) {
      share.count(mode < heralds);
    }
    share.assertIs(1 - Math.pow(1 - attemptSuccess, (double) attempts));
  }

  private NatureReport.OfLink link(LinkId id) {
    return lab.nature.describe().links().stream()
        .filter(link -> link.link().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private NatureReport.OfNode node(NodeId id) {
    return lab.nature.describe().nodes().stream()
        .filter(node -> node.node().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /// What b and a are told of the next frame.
  private List<HeraldBatch> nextFrame() {
    var batches = lab.nature.advanceTo(lab.nature.now().frame() + 1);
    return List.of(Objects.requireNonNull(batches.get(B)), Objects.requireNonNull(batches.get(A)));
  }

  @Test
  void aClockThatIsOffStampsWhatItsNodeIsToldAndTakesWhatItIsTold() {
    lab.run(1);
    lab.nature.apply(new Happening.ShiftClock(B, 300));
    lab.advance(1);
    List<HeraldBatch> told = nextFrame();
    long offset = 300_000_000_000L;
    assertThat(told.getFirst().completeUntil())
        .isEqualTo(told.getLast().completeUntil().plusPicos(offset))
        .isEqualTo(lab.nature.now(B));
    assertThat(lab.nature.now(A)).isEqualTo(lab.nature.now());
    Herald atA = told.getLast().heralds().getFirst();
    Herald atB =
        told.getFirst().heralds().stream()
            .filter(herald -> herald.link().equals(AB) && herald.sequence() == atA.sequence())
            .findFirst()
            .orElseThrow();
    assertThat(atB.time()).isEqualTo(atA.time().plusPicos(offset));
    assertThat(lab.measure(B, lab.id(atA), atA.time(), Basis.Z))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(lab.measure(B, lab.id(atA), atB.time(), Basis.Z))
        .isInstanceOf(Outcome.Measured.class);
    lab.nature.apply(new Happening.RepairNode(B));
    lab.advance(2);
    assertThat(lab.nature.now(B)).isEqualTo(lab.nature.now());
  }

  @Test
  void commandsAreShiftedAtAnyTimeThereIs() {
    PairId pair = new PairId.Elementary(AB, 1, 1);
    long hour = 3_600 * NetworkTime.PICOS_PER_SECOND;
    for (long frame : new long[] {0, 36_000, 17_900_000_000L, Long.MAX_VALUE}) {
      Command command = new Command.Release(1, NetworkTime.startOfFrame(frame), pair);
      NetworkTime back = command.shifted(-hour).stamp();
      assertThat(back.frame()).isEqualTo(Math.max(0, frame - 36_000));
      if (frame == Long.MAX_VALUE) {
        assertThat(command.shifted(hour).stamp()).isEqualTo(NetworkTime.startOfFrame(0));
      } else {
        assertThat(command.shifted(hour).stamp().frame()).isEqualTo(frame + 36_000);
      }
    }
  }

  @Test
  void noClockGoesBackToBeforeTheFirstFrame() {
    assertThatThrownBy(() -> lab.nature.apply(new Happening.ShiftClock(B, -3_600_000)))
        .hasMessageStartingWith(
            "offsetMillis (-3600000.0) must not lead to before the first frame");
    assertThatThrownBy(() -> new Happening.ShiftClock(B, 3_600_001))
        .hasMessageStartingWith("offsetMillis (3600001.0) must be in [-3600000, 3600000]");
    assertThatThrownBy(() -> new Happening.ShiftClock(B, Double.NaN))
        .hasMessageStartingWith("offsetMillis (NaN)");
    // Stamps from before a jump are taken as acausal, not as a mistake of the emulator.
    lab.nature.apply(new Happening.ShiftClock(B, 3_600_000));
    Herald herald = lab.run(2).take(AB).getFirst();
    assertThat(lab.measure(B, lab.id(herald), herald.time(), Basis.Z))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void aCutLinkIsSilentFromTheFrameItNamesUntilItsRepair() {
    lab.run(1).take(AB);
    long now = lab.nature.now().frame();
    assertThat(lab.nature.apply(new Happening.CutLink(AB))).isEqualTo(now + 1);
    lab.advance(1);
    assertThat(lab.take(AB)).isNotEmpty();
    lab.advance(20);
    assertThat(lab.take(AB)).isEmpty();
    assertThat(lab.take(BC)).isNotEmpty();
    assertThat(link(AB).condition().cut()).isTrue();
    lab.nature.apply(new Happening.RepairLink(AB));
    lab.advance(2);
    assertThat(lab.take(AB)).isNotEmpty();
    assertThat(link(AB).condition()).isEqualTo(LinkCondition.DECLARED);
  }

  @Test
  void whatBefallsALinkInTwoFramesInARowHoldsInEach() {
    lab.run(1).take(AB);
    lab.nature.apply(new Happening.CutLink(AB));
    lab.advance(1);
    lab.take(AB);
    lab.nature.apply(new Happening.RepairLink(AB));
    lab.advance(1);
    assertThat(lab.take(AB)).isEmpty();
    lab.advance(1);
    assertThat(lab.take(AB)).isNotEmpty();
  }

  @Test
  void aDegradedLinkSucceedsLessOftenAndIsNoisier() {
    lab.nature.apply(new Happening.DegradeLink(AB, 0.3, 0.4));
    lab.run(1).take(AB);
    assertHeraldsComeWithProbability(0.3 * lab.physics(AB).attemptSuccessProbability());
    BellDiagonal declared = lab.physics(AB).state();
    assertErrorsAre(120, basis -> 0.6 * declared.qber(basis) + 0.4 * 0.5);
  }

  @Test
  void darkCountsChangeRateAndStateByTheModelOfTheLink() {
    double factor = 200_000;
    Link declared = lab.network.link(AB);
    double rate = declared.heralding().darkCountRateHz();
    LinkPhysics noisy =
        LinkPhysics.of(
            declared.with(declared.heralding().withDarkCountRateHz(factor * rate)),
            declared.modes().getFirst());
    assertThat(noisy.attemptSuccessProbability())
        .isGreaterThan(1.2 * lab.physics(AB).attemptSuccessProbability());
    lab.nature.apply(new Happening.RaiseDarkCounts(AB, factor));
    lab.run(1).take(AB);
    assertHeraldsComeWithProbability(noisy.attemptSuccessProbability());
    assertErrorsAre(100, noisy.state()::qber);
  }

  @Test
  void aDriftGrowsWithNetworkTimeAndHaltsWhereItGotTo() {
    long from = lab.nature.apply(new Happening.DriftFidelity(AB, 0.5));
    lab.nature.skipTo(from + 36_000);
    assertThat(link(AB).whiteNoise()).isEqualTo(0.5);
    lab.nature.apply(new Happening.DriftFidelity(AB, 0));
    lab.nature.skipTo(from + 72_000);
    assertThat(link(AB).whiteNoise()).isCloseTo(0.5, within(1e-4));
    double noise = link(AB).whiteNoise();
    BellDiagonal declared = lab.physics(AB).state();
    assertErrorsAre(100, basis -> (1 - noise) * declared.qber(basis) + noise * 0.5);
  }

  @Test
  void anEavesdropperWhoMeasuresAllCausesAQuarterOfErrorsInEachKeyBasis() {
    lab.nature.apply(new Happening.InterceptResend(AB, 1));
    lab.run(1).take(AB);
    BellDiagonal declared = lab.physics(AB).state();
    BellDiagonal resent = declared.convolve(new BellDiagonal(0.5, 0.25, 0, 0.25));
    assertThat(BellDiagonal.PERFECT.convolve(new BellDiagonal(0.5, 0.25, 0, 0.25)).qber(Basis.Z))
        .isEqualTo(0.25);
    assertErrorsAre(100, resent::qber);
  }

  @Test
  void anEavesdropperWhoMeasuresAShareCausesThatShareOfErrors() {
    double fraction = 0.3;
    lab.nature.apply(new Happening.InterceptResend(AB, fraction));
    lab.run(1).take(AB);
    BellDiagonal declared = lab.physics(AB).state();
    BellDiagonal error = new BellDiagonal(1 - fraction / 2, fraction / 4, 0, fraction / 4);
    assertErrorsAre(100, declared.convolve(error)::qber);
  }

  @Test
  void shorterCoherenceIsThatOfOneNodeOnly() {
    Qubits memory = new Qubits(200, 100, 0.02);
    Laboratory short1 = new Laboratory(73, Operations.IDEAL, memory);
    short1.nature.apply(new Happening.ShortenCoherence(A, 0.25));
    short1.run(1).take(AB);
    double latency = short1.physics(AB).heraldLatencyPicos() * 1e-12;
    double wait = 2e-3;
    BellDiagonal expected =
        short1
            .physics(AB)
            .state()
            .decayed(latency + wait, new Qubits(200, 25, 0.005), latency + wait, memory);
    ErrorRates errors = new ErrorRates();
    for (int frame = 0; frame < 150; frame++) {
      for (Herald herald : short1.run(1).take(AB)) {
        Basis basis = ErrorRates.basisOf(herald.sequence());
        errors.count(
            basis,
            short1.disagree(
                A,
                B,
                short1.id(herald),
                herald.time().plusPicos((long) (wait * 1e12)),
                basis,
                herald.bellIndex()));
      }
    }
    errors.assertAre(expected::qber);
  }

  @Test
  void modesWithoutAQubitAreNotAttempted() {
    Laboratory bright = new Laboratory(3, Operations.IDEAL, STABLE, 1.0);
    bright.nature.apply(new Happening.BreakMemories(A, 190));
    bright.run(1).take(AB);
    bright.advance(4);
    assertThat(bright.take(AB)).hasSize(4 * ROUNDS.count() * 10);
    assertThat(bright.take(BC)).hasSize(5 * ROUNDS.count() * MULTIPLEXING);
    assertThat(bright.nature.overcommitted()).isEmpty();
    bright.nature.apply(new Happening.BreakMemories(A, 10));
    bright.advance(1);
    bright.take(AB);
    bright.advance(1);
    assertThat(bright.take(AB)).isEmpty();
    bright.nature.apply(new Happening.RepairNode(A));
    bright.advance(2);
    assertThat(bright.take(AB)).hasSize(ROUNDS.count() * MULTIPLEXING);
  }

  @Test
  void aQubitThatBreaksTakesItsPairWithIt() {
    List<Herald> pairs = lab.run(1).take(AB);
    lab.nature.apply(new Happening.BreakMemories(A, 200));
    PairId lost = lab.id(pairs.getFirst());
    assertThat(lab.measure(A, lost, pairs.getFirst().time(), Basis.Z))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("its memory qubit broke"));
    assertThat(node(A).heldQubitCount()).isZero();
    assertThat(lab.measure(B, lost, pairs.getFirst().time(), Basis.Z))
        .isInstanceOf(Outcome.Measured.class);
    lab.advance(1);
    assertThat(node(A).condition().brokenMemoryCount()).isEqualTo(200);
  }

  @Test
  void countsSayWhatIsHeldAndWhatWasNeverReleased() {
    List<Herald> pairs = lab.run(1).take(AB);
    lab.nature.schedule(A, List.of());
    lab.nature.schedule(B, List.of());
    assertThat(node(A).heldQubitCount()).isEqualTo(pairs.size());
    assertThat(link(AB).heraldCount()).isEqualTo(pairs.size());
    assertThat(link(AB).attemptCount()).isGreaterThan(pairs.size());
    for (Herald herald : pairs) {
      lab.measure(A, lab.id(herald), herald.time(), Basis.Z);
    }
    assertThat(node(A).heldQubitCount()).isZero();
    lab.advance(50);
    assertThat(node(A).forgottenQubitCount()).isZero();
    assertThat(node(B).heldQubitCount()).isZero();
    assertThat(node(B).forgottenQubitCount()).isGreaterThanOrEqualTo(pairs.size());
    assertThat(lab.nature.describe().livePairCount()).isZero();
  }

  @Test
  void attemptsAreCountedAsTheyAreMade() {
    lab.run(200).take(AB);
    Share perAttempt = new Share();
    NatureReport.OfLink report = link(AB);
    for (long attempt = 0; attempt < report.attemptCount(); attempt++) {
      perAttempt.count(attempt < report.heraldCount());
    }
    perAttempt.assertIs(lab.physics(AB).attemptSuccessProbability());
  }

  @Test
  void mistakesNameFieldValueAndRuleAndChangeNothing() {
    assertThatThrownBy(() -> new Happening.DegradeLink(AB, 1.5, 0))
        .hasMessage("successFactor (1.5) must be in [0, 1]");
    assertThatThrownBy(() -> new Happening.DegradeLink(AB, 1, Double.NaN))
        .hasMessage("whiteNoise (NaN) must be in [0, 1]");
    assertThatThrownBy(() -> new Happening.DriftFidelity(AB, -1))
        .hasMessage("whiteNoisePerHour (-1.0) must be at least 0 and finite");
    assertThatThrownBy(() -> new Happening.ShortenCoherence(A, 0))
        .hasMessage("factor (0.0) must be in (0, 1]");
    assertThatThrownBy(() -> new Happening.BreakMemories(A, 0))
        .hasMessage("count (0) must be at least 1");
    assertThatThrownBy(() -> lab.nature.apply(new Happening.BreakMemories(A, 201)))
        .hasMessage("count (201) must be at most the 200 memory qubits of node a that work");
    assertThatThrownBy(() -> lab.nature.apply(new Happening.CutLink(LinkId.of("abc"))))
        .hasMessage("link (abc) must be one of network lab; did you mean ab?");
    assertThatThrownBy(() -> lab.nature.apply(new Happening.RepairNode(NodeId.of("north"))))
        .hasMessage("node (north) must be one of network lab");
    assertThat(Objects.requireNonNull(node(A)).condition()).isEqualTo(NodeCondition.DECLARED);
  }
}
