package net.bellwether.agent.engine;

import static net.bellwether.agent.engine.Lines.FLOW;
import static net.bellwether.agent.engine.Lines.herald;
import static net.bellwether.agent.engine.Lines.pair;
import static net.bellwether.agent.engine.Lines.ruleSet;
import static net.bellwether.agent.engine.OneNode.A;
import static net.bellwether.agent.engine.OneNode.B;
import static net.bellwether.agent.engine.OneNode.C;
import static net.bellwether.agent.engine.OneNode.attempt;
import static net.bellwether.agent.engine.OneNode.deliver;
import static net.bellwether.agent.engine.OneNode.measure;
import static net.bellwether.agent.engine.OneNode.notice;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

/// The life of generations: prepared, activated, superseded, removed; and rule sets that are
/// refused.
class GenerationsTest {
  private final OneNode node = new OneNode();

  @Test
  void preparedGenerationAsksForNothing() {
    RuleEngine engine = new RuleEngine(A, 7, new SplittableRandom(1), node.lines);
    engine.prepare(ruleSet("a", 1, attempt(0, "ab", B), measure(0), deliver(0, B)));
    assertThat(engine.requests()).isEmpty();
    assertThat(engine.installed().getFirst().isActive()).isFalse();
  }

  @Test
  void activeGenerationAsksFromItsFrameOnAndEndsTheOlderOneThere() {
    RuleEngine engine = node.endNode();
    engine.prepare(ruleSet("c", 2, attempt(1, "bc", B), measure(1), deliver(2, A)));
    engine.activate(FLOW, 2, 105);
    assertThat(node.lines.take()).containsExactly("schedule bc/1[100,105) bc/2[105,0)");
  }

  /// The device is not asked for both in the frame that runs.
  @Test
  void rulesThatAreActivatedLateBeginWhereTheFormerOnesEnd() {
    RuleEngine engine = node.endNode();
    engine.settle(NetworkTime.startOfFrame(110));
    engine.prepare(ruleSet("c", 2, attempt(1, "bc", B), measure(1), deliver(2, A)));
    engine.activate(FLOW, 2, 105);
    assertThat(node.lines.take()).containsExactly("schedule bc/1[100,111) bc/2[111,0)");
  }

  @Test
  void supersededGenerationIsForgottenOnceItsLastRoundIsSettled() {
    RuleEngine engine = node.endNode();
    engine.prepare(ruleSet("c", 2, attempt(1, "bc", B), measure(1), deliver(2, A)));
    engine.activate(FLOW, 2, 105);
    node.lines.take();
    engine.settle(NetworkTime.startOfFrame(124));
    assertThat(node.lines.take()).isEmpty();
    engine.settle(NetworkTime.startOfFrame(125));
    assertThat(node.lines.take()).containsExactly("forget f/1", "schedule bc/2[105,0)");
  }

  @Test
  void messageOfAnUnknownGenerationIsDropped() {
    RuleEngine engine = node.endNode();
    engine.remove(FLOW, 1);
    engine.settle(NetworkTime.startOfFrame(140));
    engine.receive(B, List.of(notice(3, Pauli.I, true)));
    assertThat(engine.count().droppedMessageCount()).isEqualTo(1);
  }

  @Test
  void heraldOutsideItsGenerationsFramesIsReleased() {
    RuleEngine engine = node.endNode();
    engine.prepare(ruleSet("c", 2, attempt(1, "bc", B), measure(1), deliver(2, A)));
    engine.activate(FLOW, 2, 101);
    node.lines.take();
    Herald late =
        new Herald(pair("bc", 9), new NetworkTime(101, 5_100_000_000L), Pauli.I, FLOW, 1, 1);
    engine.heralds(List.of(late));
    assertThat(node.lines.take()).containsExactly("release bc#1.9 @1:5100");
    assertThat(engine.count().strayHeraldCount()).isEqualTo(1);
  }

  @Test
  void removedFlowFinishesWhatIsUnderWay() {
    RuleEngine engine = node.endNode();
    engine.heralds(List.of(herald("bc", 3, 5100, Pauli.X)));
    node.lines.take();
    engine.remove(FLOW, 1);
    assertThat(node.lines.take()).containsExactly("schedule");
    assertThat(engine.installed()).isEmpty();
    engine.outcomes(List.of(DeviceOutcome.measured(1, true)));
    engine.receive(B, List.of(notice(3, Pauli.I, true)));
    assertThat(node.lines.take()).containsExactly("deliver b@7.1 Z 1");
    engine.settle(NetworkTime.startOfFrame(122));
    assertThat(node.lines.take()).containsExactly("forget f/1", "schedule");
  }

  @Test
  void ruleSetThatMakesAStageTwiceIsRefusedByName() {
    RuleEngine engine = new RuleEngine(B, 7, new SplittableRandom(1), node.lines);
    assertThat(engine.prepare(ruleSet("b", 1, attempt(0, "ab", A), attempt(0, "bc", C))))
        .isInstanceOfSatisfying(
            Installation.Refused.class,
            refused ->
                assertThat(refused.reason()).contains("stage 0 must be the result of one rule"));
  }

  @Test
  void ambiguousRuleSetIsRefusedWithTheRule() {
    RuleEngine engine = new RuleEngine(B, 7, new SplittableRandom(1), node.lines);
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
    RuleEngine engine = new RuleEngine(B, 7, new SplittableRandom(1), node.lines);
    assertThat(engine.prepare(ruleSet("a", 1))).isInstanceOf(Installation.Refused.class);
  }

  @Test
  void preparingTwiceChangesNothing() {
    RuleEngine engine = node.endNode();
    RuleSet same = ruleSet("c", 1, attempt(1, "bc", B), measure(1), deliver(2, A));
    assertThat(engine.prepare(same)).isEqualTo(new Installation.Accepted());
    assertThat(engine.prepare(ruleSet("c", 1, attempt(1, "bc", B))))
        .isInstanceOf(Installation.Refused.class);
    assertThat(engine.activate(FLOW, 1, 999)).isEqualTo(new Installation.Accepted());
    assertThat(engine.installed().getFirst().activeFromFrame()).isEqualTo(100);
  }

  @Test
  void generationsThatWereNeverActivatedMakeRoomForNewerOnes() {
    RuleEngine engine = node.endNode();
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
    assertThat(node.lines.take())
        .contains("forget " + FLOW + "/2")
        .doesNotContain("forget " + FLOW + "/1");
  }

  @Test
  void olderGenerationIsNotActivatedBesideANewerOne() {
    RuleEngine engine = node.endNode();
    Rule[] rules = {attempt(1, "bc", B), measure(1), deliver(2, A)};
    engine.prepare(ruleSet("c", 2, rules));
    engine.prepare(ruleSet("c", 3, rules));
    assertThat(engine.activate(FLOW, 3, 110)).isEqualTo(new Installation.Accepted());
    assertThat(engine.activate(FLOW, 2, 120)).isInstanceOf(Installation.Refused.class);
  }
}
