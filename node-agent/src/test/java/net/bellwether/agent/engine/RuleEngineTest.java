package net.bellwether.agent.engine;

import static net.bellwether.agent.engine.Lines.FLOW;
import static net.bellwether.agent.engine.Lines.header;
import static net.bellwether.agent.engine.Lines.herald;
import static net.bellwether.agent.engine.Lines.pair;
import static net.bellwether.agent.engine.Lines.ruleSet;
import static net.bellwether.agent.engine.Lines.swapped;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

class RuleEngineTest {
  private static final NodeId A = NodeId.of("a");
  private static final NodeId B = NodeId.of("b");
  private static final NodeId C = NodeId.of("c");
  private static final BasisPolicy BY_SEQUENCE = new BasisPolicy.BySequence();

  /// Nine attempts a round: (1000 - 50) / 100.
  private static final AttemptTiming TIMING = new AttemptTiming(100_000_000, 50_000_000);

  private final Lines lines = new Lines();

  private RuleEngine engine(String node, Rule... rules) {
    RuleEngine engine = new RuleEngine(NodeId.of(node), 7, new SplittableRandom(1), lines);
    engine.attached(NetworkTime.startOfFrame(99), 8, Map.of(LinkId.of("ab"), TIMING));
    assertThat(engine.prepare(ruleSet(node, 1, rules))).isEqualTo(new Installation.Accepted());
    assertThat(engine.activate(FLOW, 1, 100)).isEqualTo(new Installation.Accepted());
    engine.settle(NetworkTime.startOfFrame(100));
    lines.take();
    return engine;
  }

  private static Rule attempt(int stage, String link, NodeId peer) {
    return new Rule.Attempt(stage, LinkId.of(link), "m", 4, peer);
  }

  private static Rule deliver(int stage, NodeId peer) {
    return new Rule.Deliver(stage, peer, Rule.Consumer.KEY_DISTILLATION);
  }

  private static Rule measure(int stage) {
    return new Rule.Measure(stage, BY_SEQUENCE);
  }

  private static Rule purify(boolean initiator, NodeId peer) {
    return new Rule.Purify(0, 0, 1, PurificationProtocol.DEJMPS, peer, initiator);
  }

  private RuleEngine repeater() {
    return engine("b", attempt(0, "ab", A), attempt(1, "bc", C), new Rule.Swap(0, 1, 2, A, C));
  }

  private RuleEngine endNode() {
    return engine("c", attempt(1, "bc", B), measure(1), deliver(2, A));
  }

  private static PairMessage notice(int sequence, Pauli frame, boolean succeeded) {
    return new PairMessage.SwapNotice(
        header(5200), 2, pair("bc", sequence), swapped("b", 1), frame, succeeded, A);
  }

  private static void assertNothingIsLeft(RuleEngine engine) {
    engine.settle(NetworkTime.startOfFrame(130));
    assertThat(engine.count().livePairCount()).isZero();
    assertThat(engine.count().heldMessageCount()).isZero();
    assertThat(engine.count().openRoundCount()).isZero();
    assertThat(engine.count().pendingCommandCount()).isZero();
  }

  @Test
  void preparedGenerationAsksForNothing() {
    RuleEngine engine = new RuleEngine(A, 7, new SplittableRandom(1), lines);
    engine.prepare(ruleSet("a", 1, attempt(0, "ab", B), measure(0), deliver(0, B)));
    assertThat(engine.requests()).isEmpty();
    assertThat(engine.installed().getFirst().isActive()).isFalse();
  }

  @Test
  void activeGenerationAsksFromItsFrameOnAndEndsTheOlderOneThere() {
    RuleEngine engine = endNode();
    engine.prepare(ruleSet("c", 2, attempt(1, "bc", B), measure(1), deliver(2, A)));
    engine.activate(FLOW, 2, 105);
    assertThat(lines.take()).containsExactly("schedule bc/1[100,105) bc/2[105,0)");
  }

  @Test
  void supersededGenerationIsForgottenOnceItsLastRoundIsSettled() {
    RuleEngine engine = endNode();
    engine.prepare(ruleSet("c", 2, attempt(1, "bc", B), measure(1), deliver(2, A)));
    engine.activate(FLOW, 2, 105);
    lines.take();
    engine.settle(NetworkTime.startOfFrame(124));
    assertThat(lines.take()).isEmpty();
    engine.settle(NetworkTime.startOfFrame(125));
    assertThat(lines.take()).containsExactly("forget f/1", "schedule bc/2[105,0)");
  }

  @Test
  void linkTestPairIsMeasuredAtItsHeraldAndOnlyTheGreaterEndCorrects() {
    Rule test = new Rule.Deliver(0, A, Rule.Consumer.LINK_TEST);
    RuleEngine greater = engine("b", attempt(0, "ab", A), measure(0), test);
    greater.heralds(List.of(herald("ab", 3, 5100, Pauli.X)));
    greater.outcomes(List.of(DeviceOutcome.measured(1, false)));
    assertThat(lines.take()).containsExactly("measure ab#1.3 Z @0:5100 #1", "report ab#1.3 m 1");

    Rule mirrored = new Rule.Deliver(0, B, Rule.Consumer.LINK_TEST);
    RuleEngine lesser = engine("a", attempt(0, "ab", B), measure(0), mirrored);
    lesser.heralds(List.of(herald("ab", 3, 5100, Pauli.X)));
    lesser.outcomes(List.of(DeviceOutcome.measured(1, false)));
    assertThat(lines.take()).containsExactly("measure ab#1.3 Z @0:5100 #1", "report ab#1.3 m 0");
    assertNothingIsLeft(lesser);
  }

  @Test
  void repeaterSwapsOldestPairsAtTheLaterHeraldAndTellsBothEnds() {
    RuleEngine engine = repeater();
    engine.heralds(
        List.of(
            herald("ab", 1, 5100, Pauli.X),
            herald("ab", 2, 5300, Pauli.X),
            herald("bc", 1, 5200, Pauli.Y)));
    assertThat(lines.take()).containsExactly("swap ab#1.1 bc#1.1 -> b@7.1 @0:5200 #1");
    engine.outcomes(List.of(DeviceOutcome.swapped(1, true, Pauli.I)));
    assertThat(lines.take())
        .containsExactly(
            "to a: ab#1.1 is b@7.1 Z with c in stage 2 @0:5200",
            "to c: bc#1.1 is b@7.1 Z with a in stage 2 @0:5200");
  }

  @Test
  void failedSwapIsToldToBothEnds() {
    RuleEngine engine = repeater();
    engine.heralds(List.of(herald("ab", 1, 5100, Pauli.X), herald("bc", 1, 5200, Pauli.Y)));
    engine.outcomes(List.of(DeviceOutcome.swapped(1, false, Pauli.I)));
    assertThat(lines.take())
        .endsWith("to a: ab#1.1 is lost @0:5200", "to c: bc#1.1 is lost @0:5200");
    assertNothingIsLeft(engine);
  }

  @Test
  void refusedSwapReleasesItsQubits() {
    RuleEngine engine = repeater();
    engine.heralds(List.of(herald("ab", 1, 5100, Pauli.X), herald("bc", 1, 5200, Pauli.Y)));
    engine.outcomes(List.of(DeviceOutcome.refused(1, "too late")));
    assertThat(lines.take())
        .contains("to a: ab#1.1 is lost @0:5200")
        .endsWith("release ab#1.1 @0:5200", "release bc#1.1 @0:5200");
    assertThat(engine.count().refusedCommandCount()).isEqualTo(1);
  }

  @Test
  void pairsOfDifferentRoundsAreNeverSwapped() {
    RuleEngine engine = repeater();
    engine.heralds(List.of(herald("ab", 1, 5100, Pauli.X), herald("bc", 1, 7200, Pauli.Y)));
    assertThat(lines.take()).isEmpty();
    engine.settle(NetworkTime.startOfFrame(120));
    assertThat(lines.take()).isEmpty();
    engine.settle(NetworkTime.startOfFrame(121));
    assertThat(lines.take()).containsExactly("release ab#1.1 @0:7000", "release bc#1.1 @0:9000");
    assertNothingIsLeft(engine);
  }

  @Test
  void endNodeDeliversUnderTheSwappedName() {
    RuleEngine engine = endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, false)));
    assertThat(lines.take()).containsExactly("measure bc#1.3 Z @0:5100 #1");
    engine.receive(B, List.of(notice(3, Pauli.X, true)));
    assertThat(lines.take()).containsExactly("deliver b@7.1 Z 1");
    assertNothingIsLeft(engine);
  }

  @Test
  void outcomeMayComeAfterThePairWasRenamed() {
    RuleEngine engine = endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    engine.receive(B, List.of(notice(3, Pauli.I, true)));
    lines.take();
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    assertThat(lines.take()).containsExactly("deliver b@7.1 Z 1");
    assertNothingIsLeft(engine);
  }

  @Test
  void noticeMayComeBeforeTheHerald() {
    RuleEngine engine = endNode();
    engine.receive(B, List.of(notice(3, Pauli.I, true)));
    assertThat(engine.count().heldMessageCount()).isEqualTo(1);
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    assertThat(lines.take()).endsWith("deliver b@7.1 Z 1");
    assertNothingIsLeft(engine);
  }

  @Test
  void pairOfFailedSwapIsNotDelivered() {
    RuleEngine engine = endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    engine.receive(B, List.of(notice(3, Pauli.I, false)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    assertThat(lines.take()).noneMatch(line -> line.startsWith("deliver"));
    assertNothingIsLeft(engine);
  }

  @Test
  void noticeOfAnybodyButTheOtherEndIsNotBelieved() {
    RuleEngine engine = endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    lines.take();
    engine.receive(A, List.of(notice(3, Pauli.I, true)));
    assertThat(lines.take()).isEmpty();
    assertThat(engine.count().droppedMessageCount()).isEqualTo(1);
  }

  @Test
  void repeatedNoticeLeavesNothing() {
    RuleEngine engine = endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    engine.receive(B, List.of(notice(3, Pauli.I, true), notice(3, Pauli.I, true)));
    assertThat(lines.take()).filteredOn(line -> line.startsWith("deliver")).hasSize(1);
    assertNothingIsLeft(engine);
  }

  @Test
  void messageOfASettledRoundIsDropped() {
    RuleEngine engine = endNode();
    engine.settle(NetworkTime.startOfFrame(130));
    engine.receive(B, List.of(notice(3, Pauli.I, true)));
    assertThat(engine.count().droppedMessageCount()).isEqualTo(1);
    assertNothingIsLeft(engine);
  }

  @Test
  void messageOfAnUnknownGenerationIsDropped() {
    RuleEngine engine = endNode();
    engine.remove(FLOW, 1);
    engine.settle(NetworkTime.startOfFrame(140));
    engine.receive(B, List.of(notice(3, Pauli.I, true)));
    assertThat(engine.count().droppedMessageCount()).isEqualTo(1);
  }

  @Test
  void heraldOutsideItsGenerationsFramesIsReleased() {
    RuleEngine engine = endNode();
    engine.prepare(ruleSet("c", 2, attempt(1, "bc", B), measure(1), deliver(2, A)));
    engine.activate(FLOW, 2, 101);
    lines.take();
    Herald late =
        new Herald(pair("bc", 9), new NetworkTime(101, 5_100_000_000L), Pauli.I, FLOW, 1, 1);
    engine.heralds(List.of(late));
    assertThat(lines.take()).containsExactly("release bc#1.9 @1:5100");
    assertThat(engine.count().strayHeraldCount()).isEqualTo(1);
  }

  @Test
  void removedFlowFinishesWhatIsUnderWay() {
    RuleEngine engine = endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    lines.take();
    engine.remove(FLOW, 1);
    assertThat(lines.take()).containsExactly("schedule");
    assertThat(engine.installed()).isEmpty();
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    engine.receive(B, List.of(notice(3, Pauli.I, true)));
    assertThat(lines.take()).containsExactly("deliver b@7.1 Z 1");
    engine.settle(NetworkTime.startOfFrame(122));
    assertThat(lines.take()).containsExactly("forget f/1", "schedule");
  }

  @Test
  void initiatorPurifiesTwoOldestPairsAtTheSecondOnesEntry() {
    RuleEngine engine =
        engine("a", attempt(0, "ab", B), purify(true, B), measure(1), deliver(1, B));
    engine.heralds(List.of(herald("ab", 3, 5100, Pauli.Z), herald("ab", 4, 5150, Pauli.X)));
    assertThat(lines.take()).containsExactly("purify ab#1.3 by ab#1.4 DEJMPS @0:5150 #1");
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    assertThat(lines.take()).containsExactly("to b: purified ab#1.3 by ab#1.4 1 @0:5150");
    engine.receive(
        B,
        List.of(
            new PairMessage.PurifyReply(
                header(5160), 1, pair("ab", 3), pair("ab", 4), true, false)));
    engine.outcomes(List.of(DeviceOutcome.measured(2, true)));
    assertThat(lines.take()).containsExactly("measure ab#1.3 Z @0:5170 #2", "deliver ab#1.3 Z 1");
    assertNothingIsLeft(engine);
  }

  @Test
  void responderActsWhenTheRequestAndBothPairsAreThere() {
    RuleEngine engine =
        engine("b", attempt(0, "ab", A), purify(false, A), measure(1), deliver(1, A));
    PairMessage request =
        new PairMessage.PurifyRequest(header(5150), 1, pair("ab", 3), pair("ab", 4), true);
    engine.receive(A, List.of(request));
    engine.heralds(List.of(herald("ab", 3, 5100, Pauli.Z)));
    assertThat(lines.take()).isEmpty();
    engine.heralds(List.of(herald("ab", 4, 5150, Pauli.X)));
    assertThat(lines.take()).containsExactly("purify ab#1.3 by ab#1.4 DEJMPS @0:5160 #1");
    // DEJMPS frames: Z becomes Y, X stays X: parities of perfect pairs agree, kept frame is Y.
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    engine.outcomes(List.of(DeviceOutcome.measured(2, false)));
    assertThat(lines.take())
        .containsExactly(
            "to a: ab#1.3 kept @0:5160", "measure ab#1.3 Z @0:5160 #2", "deliver ab#1.3 Z 1");
    assertNothingIsLeft(engine);
  }

  @Test
  void disagreeingParityDiscardsThePair() {
    RuleEngine engine =
        engine("b", attempt(0, "ab", A), purify(false, A), measure(1), deliver(1, A));
    engine.heralds(List.of(herald("ab", 3, 5100, Pauli.I), herald("ab", 4, 5150, Pauli.I)));
    engine.receive(
        A,
        List.of(
            new PairMessage.PurifyRequest(header(5150), 1, pair("ab", 3), pair("ab", 4), true)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, false)));
    assertThat(lines.take()).endsWith("to a: ab#1.3 failed @0:5160", "release ab#1.3 @0:5160");
    assertNothingIsLeft(engine);
  }

  @Test
  void requestThatNamesAMissingPairIsGoneWithItsRound() {
    RuleEngine engine =
        engine("b", attempt(0, "ab", A), purify(false, A), measure(1), deliver(1, A));
    engine.heralds(List.of(herald("ab", 3, 5100, Pauli.I)));
    engine.receive(
        A,
        List.of(
            new PairMessage.PurifyRequest(header(5150), 1, pair("ab", 3), pair("ab", 4), true)));
    engine.settle(NetworkTime.startOfFrame(121));
    assertThat(lines.take()).containsExactly("release ab#1.3 @0:7000");
    assertNothingIsLeft(engine);
  }

  @Test
  void initiatorWhosePeerVanishesReleasesItsHalfAtTheEndOfTheRound() {
    RuleEngine engine =
        engine("a", attempt(0, "ab", B), purify(true, B), measure(1), deliver(1, B));
    engine.heralds(List.of(herald("ab", 3, 5100, Pauli.Z), herald("ab", 4, 5150, Pauli.X)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    assertThat(engine.checkedQubits().waiting()).isZero();
    engine.settle(NetworkTime.startOfFrame(101));
    lines.take();
    engine.settle(NetworkTime.startOfFrame(121));
    assertThat(lines.take()).containsExactly("release ab#1.3 @0:7000");
    assertNothingIsLeft(engine);
  }

  @Test
  void initiatorPurifiesTheOldestPairOfOneStageByTheOldestOfAnother() {
    RuleEngine engine =
        engine(
            "a",
            attempt(0, "ab", B),
            attempt(2, "ab", B),
            new Rule.Purify(0, 2, 3, PurificationProtocol.BBPSSW, B, true),
            measure(3),
            deliver(3, B));
    engine.heralds(
        List.of(
            herald("ab", 3, 5100, Pauli.I, 0),
            herald("ab", 4, 5150, Pauli.I, 0),
            herald("ab", 5, 5200, Pauli.I, 2)));
    assertThat(lines.take()).containsExactly("purify ab#1.3 by ab#1.5 BBPSSW @0:5200 #1");
    assertNothingIsLeft(engine);
  }

  @Test
  void responderWaitsForThePairsOfTheirOwnStages() {
    RuleEngine engine =
        engine(
            "b",
            attempt(0, "ab", A),
            attempt(2, "ab", A),
            new Rule.Purify(0, 2, 3, PurificationProtocol.BBPSSW, A, false),
            measure(3),
            deliver(3, A));
    engine.receive(
        A,
        List.of(
            new PairMessage.PurifyRequest(header(5150), 3, pair("ab", 3), pair("ab", 4), true)));
    engine.heralds(List.of(herald("ab", 3, 5100, Pauli.I, 0), herald("ab", 4, 5150, Pauli.I, 0)));
    assertThat(lines.take()).isEmpty();
    assertNothingIsLeft(engine);
  }

  @Test
  void morePairsThanAskedForAndThoseOfOtherStagesAreReleased() {
    RuleEngine engine = repeater();
    for (int sequence = 1; sequence <= 5; sequence++) {
      engine.heralds(List.of(herald("ab", sequence, 5100 + sequence, Pauli.I)));
    }
    engine.heralds(List.of(herald("ab", 6, 5200, Pauli.I, 1)));
    assertThat(lines.take()).containsExactly("release ab#1.5 @0:5105", "release ab#1.6 @0:5200");
    assertThat(engine.count().strayHeraldCount()).isEqualTo(2);
  }

  @Test
  void qubitsAreCountedByWhatTheyDo() {
    RuleEngine engine = repeater();
    engine.settle(NetworkTime.startOfFrame(101));
    assertThat(engine.qubits().orElseThrow().generating()).isEqualTo(8);
    engine.heralds(
        List.of(
            heraldIn(101, "ab", 1, 83_100),
            heraldIn(101, "ab", 2, 83_300),
            heraldIn(101, "bc", 1, 83_200)));
    engine.settle(NetworkTime.startOfFrame(102));
    QubitCount busy = engine.qubits().orElseThrow();
    assertThat(busy.asOf()).isEqualTo(new NetworkTime(101, 84_000_000_000L));
    assertThat(busy).isEqualTo(new QubitCount(busy.asOf(), 0, 5, 1, 2));
    engine.outcomes(List.of(DeviceOutcome.swapped(1, true, Pauli.I)));
    assertThat(engine.qubits()).contains(new QubitCount(busy.asOf(), 2, 5, 1, 0));
    assertThat(engine.count().qubitFaultCount()).isZero();
  }

  private static Herald heraldIn(long frame, String link, long sequence, long micros) {
    int stage = link.equals("ab") ? 0 : 1;
    NetworkTime time = new NetworkTime(frame, micros * 1_000_000);
    return new Herald(pair(link, sequence), time, Pauli.I, FLOW, 1, stage);
  }

  @Test
  void moreQubitsInUseThanThereAreIsAFault() {
    RuleEngine engine = repeater();
    engine.attached(NetworkTime.startOfFrame(101), 7, Map.of());
    engine.settle(NetworkTime.startOfFrame(102));
    assertThat(engine.qubits()).isEmpty();
    assertThat(engine.count().qubitFaultCount()).isEqualTo(1);
  }

  @Test
  void deviceThatAttachesAgainHasLostWhatItHeld() {
    RuleEngine engine = repeater();
    engine.heralds(
        List.of(
            herald("ab", 1, 5100, Pauli.X),
            herald("ab", 2, 5300, Pauli.X),
            herald("bc", 1, 5200, Pauli.Y)));
    lines.take();
    engine.attached(NetworkTime.startOfFrame(101), 8, Map.of());
    engine.outcomes(List.of(DeviceOutcome.swapped(1, true, Pauli.I)));
    engine.heralds(List.of(heraldIn(101, "bc", 2, 5_100)));
    assertThat(lines.take()).containsExactly("schedule ab/1[100,0) bc/1[100,0)");
    assertThat(engine.count().livePairCount()).isEqualTo(1);
    assertNothingIsLeft(engine);
    assertThat(lines.take()).containsExactly("release bc#1.2 @1:7000");
  }

  @Test
  void measuredHalfOutlivesItsDevice() {
    RuleEngine engine = endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, false)));
    engine.attached(NetworkTime.startOfFrame(101), 8, Map.of());
    lines.take();
    engine.receive(B, List.of(notice(3, Pauli.X, true)));
    assertThat(lines.take()).containsExactly("deliver b@7.1 Z 1");
    assertNothingIsLeft(engine);
  }

  @Test
  void clockThatJumpsForwardEndsTheRoundsBeforeIt() {
    RuleEngine engine = repeater();
    engine.heralds(List.of(herald("ab", 1, 5100, Pauli.X)));
    engine.settle(NetworkTime.startOfFrame(1_000_000));
    assertThat(lines.take()).containsExactly("release ab#1.1 @0:7000");
    engine.heralds(List.of(heraldIn(1_000_000, "ab", 2, 5_100)));
    assertThat(engine.count().livePairCount()).isEqualTo(1);
    // Far ahead of everything that the device has told.
    engine.heralds(List.of(heraldIn(2_000_000, "ab", 3, 5_100)));
    assertThat(engine.count().strayHeraldCount()).isEqualTo(1);
  }

  @Test
  void clockThatJumpsBackMakesNothingOfPairsUntilItIsWhereItWas() {
    RuleEngine engine = repeater();
    engine.settle(NetworkTime.startOfFrame(200));
    engine.attached(NetworkTime.startOfFrame(150), 8, Map.of());
    engine.heralds(List.of(heraldIn(150, "ab", 2, 5_100)));
    engine.settle(NetworkTime.startOfFrame(151));
    assertThat(engine.count().strayHeraldCount()).isEqualTo(1);
    assertThat(engine.completeUntil()).isEqualTo(NetworkTime.startOfFrame(200));
    engine.heralds(List.of(heraldIn(200, "ab", 3, 5_100)));
    assertThat(engine.count().livePairCount()).isEqualTo(1);
  }

  @Test
  void ruleSetThatMakesAStageTwiceIsRefusedByName() {
    RuleEngine engine = new RuleEngine(B, 7, new SplittableRandom(1), lines);
    assertThat(engine.prepare(ruleSet("b", 1, attempt(0, "ab", A), attempt(0, "bc", C))))
        .isInstanceOfSatisfying(
            Installation.Refused.class,
            refused ->
                assertThat(refused.reason()).contains("stage 0 must be the result of one rule"));
  }

  @Test
  void tomographyRoundIsMeasuredInYByBothEnds() {
    BasisPolicy random = new BasisPolicy.RandomBases(0.9, 2);
    RuleEngine engine =
        engine("a", attempt(0, "ab", B), new Rule.Measure(0, random), deliver(0, B));
    // Round numbers of frame 100 start at 4000, an even number.
    engine.heralds(List.of(herald("ab", 1, 5100, Pauli.I)));
    engine.outcomes(List.of(DeviceOutcome.measured(1, false)));
    assertThat(lines.take())
        .containsExactly("measure ab#1.1 Y @0:5100 #1", "deliver ab#1.1 Y 0 tomography");
  }

  @Test
  void countsSpeakOfWholeFramesAndEveryAttempt() {
    RuleEngine engine = repeater();
    engine.heralds(
        List.of(
            herald("ab", 1, 5150, Pauli.X),
            herald("ab", 2, 5250, Pauli.X),
            herald("bc", 1, 5200, Pauli.Y)));
    engine.settle(NetworkTime.startOfFrame(101));
    engine.outcomes(List.of(DeviceOutcome.swapped(1, true, Pauli.I)));
    engine.settle(NetworkTime.startOfFrame(122));
    FlowCount count = engine.takeCounts().getFirst();
    assertThat(count.frameCount()).isEqualTo(22);
    assertThat(count.settledFrameCount()).isEqualTo(2);
    assertThat(count.expiredCount()).isEqualTo(1);
    assertThat(count.links())
        .containsExactly(
            new FlowCount.LinkCount(LinkId.of("ab"), "m", 2, 2 + 1 + (22 * 40 * 4 - 2) * 9),
            new FlowCount.LinkCount(LinkId.of("bc"), "m", 1, 0));
    assertThat(engine.takeCounts().getFirst().frameCount()).isZero();
  }

  @Test
  void ambiguousRuleSetIsRefusedWithTheRule() {
    RuleEngine engine = new RuleEngine(B, 7, new SplittableRandom(1), lines);
    RuleSet twice = ruleSet("b", 1, new Rule.Swap(0, 1, 2, A, C), new Rule.Swap(0, 3, 4, A, C));
    assertThat(engine.prepare(twice))
        .isInstanceOfSatisfying(
            Installation.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("stage 0 must be the input of exactly one swap"));
    assertThat(engine.installed()).isEmpty();
  }

  @Test
  void ruleSetOfAnotherNodeIsRefused() {
    RuleEngine engine = new RuleEngine(B, 7, new SplittableRandom(1), lines);
    assertThat(engine.prepare(ruleSet("a", 1))).isInstanceOf(Installation.Refused.class);
  }

  @Test
  void preparingTwiceChangesNothing() {
    RuleEngine engine = endNode();
    RuleSet same = ruleSet("c", 1, attempt(1, "bc", B), measure(1), deliver(2, A));
    assertThat(engine.prepare(same)).isEqualTo(new Installation.Accepted());
    assertThat(engine.prepare(ruleSet("c", 1, attempt(1, "bc", B))))
        .isInstanceOf(Installation.Refused.class);
    assertThat(engine.activate(FLOW, 1, 999)).isEqualTo(new Installation.Accepted());
    assertThat(engine.installed().getFirst().activeFromFrame()).isEqualTo(100);
  }

  @Test
  void generationsThatWereNeverActivatedMakeRoomForNewerOnes() {
    RuleEngine engine = endNode();
    Rule[] rules = {attempt(1, "bc", B), measure(1), deliver(2, A)};
    for (long generation = 2; generation <= 20; generation++) {
      assertThat(engine.prepare(ruleSet("c", generation, rules)))
          .isEqualTo(new Installation.Accepted());
    }
    assertThat(engine.installed())
        .hasSize(RuleEngine.GENERATIONS_PER_FLOW_MAX)
        .extracting(held -> held.ruleSet().generation())
        .startsWith(1L)
        .endsWith(20L);
    assertThat(lines.take())
        .contains("forget " + FLOW + "/2")
        .doesNotContain("forget " + FLOW + "/1");
  }

  @Test
  void olderGenerationIsNotActivatedBesideANewerOne() {
    RuleEngine engine = endNode();
    Rule[] rules = {attempt(1, "bc", B), measure(1), deliver(2, A)};
    engine.prepare(ruleSet("c", 2, rules));
    engine.prepare(ruleSet("c", 3, rules));
    assertThat(engine.activate(FLOW, 3, 110)).isEqualTo(new Installation.Accepted());
    assertThat(engine.activate(FLOW, 2, 120)).isInstanceOf(Installation.Refused.class);
  }
}
