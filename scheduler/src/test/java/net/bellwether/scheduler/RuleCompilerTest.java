package net.bellwether.scheduler;

import static net.bellwether.scheduler.Plans.grant;
import static net.bellwether.scheduler.Plans.link;
import static net.bellwether.scheduler.Plans.purify;
import static net.bellwether.scheduler.Plans.swap;
import static net.bellwether.scheduler.TextNetwork.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Ending;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.rules.Application;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.Rule.Consumer;
import net.bellwether.topology.rules.RuleSet;
import org.junit.jupiter.api.Test;

class RuleCompilerTest {
  private static final BasisPolicy BASES = new BasisPolicy.RandomBases(0.9, 20);
  private final NetworkView view = TextNetwork.view("A -20km- r -35km- C");

  @Test
  void swapIsRunByItsNodeAndBothEndsMeasureAtOnce() {
    Plan plan = swap(link(view, "a-r", "fine"), link(view, "r-c", "middle"));
    SequencedMap<NodeId, RuleSet> rules = compile(plan);
    assertThat(rules.sequencedKeySet()).containsExactly(node("A"), node("r"), node("C"));
    assertThat(rulesAt(rules, "A"))
        .containsExactly(
            new Rule.Attempt(0, LinkId.of("a-r"), "fine", 64, node("r")),
            new Rule.Measure(0, BASES),
            new Rule.Deliver(2, node("C"), Consumer.KEY_DISTILLATION));
    assertThat(rulesAt(rules, "r"))
        .containsExactly(
            new Rule.Attempt(0, LinkId.of("a-r"), "fine", 64, node("A")),
            new Rule.Attempt(1, LinkId.of("r-c"), "middle", 64, node("C")),
            new Rule.Swap(0, 1, 2, node("A"), node("C")));
    assertThat(rulesAt(rules, "C"))
        .containsExactly(
            new Rule.Attempt(1, LinkId.of("r-c"), "middle", 64, node("r")),
            new Rule.Measure(1, BASES),
            new Rule.Deliver(2, node("A"), Consumer.KEY_DISTILLATION));
  }

  @Test
  void latencyRunsAlongThePathOfThePlan() {
    Plan plan = swap(link(view, "a-r", "fine"), link(view, "r-c", "middle"));
    RuleSet a = compile(plan).firstEntry().getValue();
    assertThat(a.peerLatencyPicos())
        .containsOnlyKeys(node("r"), node("C"))
        .containsEntry(node("r"), 100_000_000L)
        .containsEntry(node("C"), 275_000_000L);
  }

  @Test
  void endMeasuresAfterTheLastPurificationThatNeedsItsQubit() {
    Plan plan =
        swap(
            purify(link(view, "a-r", "bright"), PurificationProtocol.DEJMPS),
            link(view, "r-c", "middle"));
    SequencedMap<NodeId, RuleSet> rules = compile(plan);
    assertThat(rulesAt(rules, "A"))
        .contains(
            new Rule.Purify(0, 0, 1, PurificationProtocol.DEJMPS, node("r"), true),
            new Rule.Measure(1, BASES));
    assertThat(rulesAt(rules, "r"))
        .contains(
            new Rule.Purify(0, 0, 1, PurificationProtocol.DEJMPS, node("A"), false),
            new Rule.Swap(1, 2, 3, node("A"), node("C")));
    assertThat(rulesAt(rules, "C")).contains(new Rule.Measure(2, BASES));
  }

  @Test
  void endWhosePairsEnterLaterInitiates() {
    Plan plan =
        purify(
            swap(link(view, "a-r", "fine"), link(view, "r-c", "middle")),
            PurificationProtocol.DEJMPS);
    SequencedMap<NodeId, RuleSet> rules = compile(plan);
    // r tells a after 20 km and c after 35 km.
    assertThat(rulesAt(rules, "C"))
        .contains(new Rule.Purify(2, 2, 3, PurificationProtocol.DEJMPS, node("A"), true));
    assertThat(rulesAt(rules, "A"))
        .contains(new Rule.Purify(2, 2, 3, PurificationProtocol.DEJMPS, node("C"), false));
  }

  @Test
  void relaysAreRefused() {
    Plan left = link(view, "a-r", "fine");
    Plan right = link(view, "r-c", "fine");
    assertThatThrownBy(() -> compile(new Plan.Relay(left, right, node("r"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("relays keys at r");
  }

  @Test
  void pumpingDividesTheModesOfItsLink() {
    Plan fine = link(view, "a-r", "fine");
    Plan pumped =
        new Plan.Purify(
            purify(fine, PurificationProtocol.DEJMPS), fine, PurificationProtocol.BBPSSW);
    List<Rule> rules = rulesAt(compile(pumped), "A");
    // Two thirds of the pairs, and a little more for purifications that fail.
    assertThat(rules)
        .containsSubsequence(
            new Rule.Attempt(0, LinkId.of("a-r"), "fine", 43, node("r")),
            new Rule.Purify(0, 0, 1, PurificationProtocol.DEJMPS, node("r"), true),
            new Rule.Attempt(2, LinkId.of("a-r"), "fine", 21, node("r")),
            new Rule.Purify(1, 2, 3, PurificationProtocol.BBPSSW, node("r"), true));
  }

  @Test
  void subPlansOverTwoRoutesArePurified() {
    NetworkView two = TextNetwork.view("A -20km- r -35km- C; A -30km- s -40km- C");
    Plan plan =
        new Plan.Purify(
            swap(link(two, "a-r", "fine"), link(two, "r-c", "fine")),
            swap(link(two, "a-s", "bright"), link(two, "s-c", "middle")),
            PurificationProtocol.DEJMPS);
    SequencedMap<NodeId, RuleSet> rules =
        RuleCompiler.compile(FlowId.of("s"), 1, plan, grant(2_000, 4_000, 20), two, BASES);
    assertThat(rules.sequencedKeySet()).containsExactly(node("A"), node("r"), node("C"), node("s"));
    assertThat(rulesAt(rules, "C"))
        .contains(new Rule.Purify(2, 5, 6, PurificationProtocol.DEJMPS, node("A"), true));
    // The shortest way between the two repeaters is over a.
    assertThat(Objects.requireNonNull(rules.get(node("r"))).peerLatencyPicos())
        .containsEntry(node("s"), 250_000_000L);
  }

  @Test
  void linksWithFewerModesThanStagesAreNamed() {
    NetworkView few = TextNetwork.with().multiplexing(2).declared("A -20km- B");
    Plan fine = link(few, "a-b", "fine");
    Plan pumped =
        new Plan.Purify(
            purify(fine, PurificationProtocol.DEJMPS), fine, PurificationProtocol.DEJMPS);
    assertThatThrownBy(() ->
            RuleCompiler.compile(FlowId.of("s"), 1, pumped, grant(2_000, 4_000, 20), few, BASES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("link a-b has 2 modes, the plan needs 3");
  }

  @Test
  void nodesWithFewerQubitsThanStagesAreNamed() {
    NetworkView few =
        TextNetwork.with().memory(new Qubits(3, 100, 1)).declared("A -20km- r -35km- C");
    Plan plan =
        swap(
            purify(link(few, "a-r", "fine"), PurificationProtocol.DEJMPS),
            purify(link(few, "r-c", "fine"), PurificationProtocol.DEJMPS));
    assertThatThrownBy(() ->
            RuleCompiler.compile(FlowId.of("s"), 1, plan, grant(2_000, 4_000, 20), few, BASES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("node r has 3 qubits, the plan needs 4");
  }

  @Test
  void swapsOfPathsThatMeetAreRefused() {
    NetworkView loop = TextNetwork.view("A -20km- r -20km- s -20km- A; s -20km- C");
    Plan plan =
        swap(
            swap(link(loop, "a-r", "fine"), link(loop, "r-s", "fine")),
            swap(
                link(loop, "s-a", "fine"),
                new Plan.Generate(LinkId.of("a-r"), "fine", node("A"), node("r"))));
    assertThatThrownBy(() -> compile(plan)).hasMessageContaining("its path passes a twice");
  }

  @Test
  void roundsTooShortForTheMessagesAreRefused() {
    Plan plan = swap(link(view, "a-r", "fine"), link(view, "r-c", "middle"));
    assertThatThrownBy(
            () -> RuleCompiler.compile(FlowId.of("s"), 1, plan, grant(10, 20, 1), view, BASES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("periodPicos");
  }

  @Test
  void keptPairsAreNeitherMeasuredNorDelivered() {
    Plan plan = swap(link(view, "a-r", "fine"), link(view, "r-c", "middle"));
    Application alice = new Application("t", "alice");
    Application bob = new Application("t", "bob");
    SequencedMap<NodeId, RuleSet> rules =
        RuleCompiler.compile(
            FlowId.of("s"),
            1,
            plan,
            grant(2_000, 4_000, 20),
            view,
            new Keeping(alice, bob, 1_000_000));
    Rule last = rulesAt(rules, "C").getLast();
    assertThat(last).isInstanceOf(Rule.Keep.class);
    if (last instanceof Rule.Keep keep) {
      assertThat(keep.peer()).isEqualTo(node("A"));
      assertThat(keep.application()).isEqualTo(bob);
      assertThat(keep.prediction().delivered())
          .isEqualTo(Evaluator.evaluate(plan, view, grant(2_000, 4_000, 20), Ending.KEPT).state());
    }
    assertThat(rules.values().stream().flatMap(set -> set.rules().stream()))
        .noneMatch(rule -> rule instanceof Rule.Measure || rule instanceof Rule.Deliver);
  }

  @Test
  void planIsPrintedAsATree() {
    Plan purified = purify(link(view, "a-r", "bright"), PurificationProtocol.DEJMPS);
    Plan plan = swap(purify(purified, PurificationProtocol.DEJMPS), link(view, "r-c", "middle"));
    assertThat(PlanText.tree(plan))
        .isEqualTo(
            """
            swap at r
              purify a–r DEJMPS x2
                generate a–r on a-r (bright)
              generate r–c on r-c (middle)
            """);
  }

  private SequencedMap<NodeId, RuleSet> compile(Plan plan) {
    return RuleCompiler.compile(
        FlowId.of("session"), 7, plan, grant(2_000, 4_000, 20), view, BASES);
  }

  private static List<Rule> rulesAt(SequencedMap<NodeId, RuleSet> rules, String name) {
    return Objects.requireNonNull(rules.get(node(name))).rules();
  }
}
