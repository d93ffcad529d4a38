package net.bellwether.scheduler;

import static net.bellwether.scheduler.Plans.grant;
import static net.bellwether.scheduler.Plans.link;
import static net.bellwether.scheduler.Plans.purify;
import static net.bellwether.scheduler.Plans.swap;
import static net.bellwether.scheduler.TextNetwork.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import net.bellwether.scheduler.evaluate.NodeWaiting;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;
import org.junit.jupiter.api.Test;

/// How long nodes hold halves, against what decay and closed forms tell of it.
class WaitingTest {
  private static final Qubits LASTING = new Qubits(512, 1e12, 1e12);

  @Test
  void everyNodeOfThePathIsToldInItsOrder() {
    NetworkView view = TextNetwork.view("A -20km- r -35km- C");
    Plan plan = swap(link(view, "a-r", "middle"), link(view, "r-c", "fine"));
    assertThat(Evaluator.waiting(plan, view, grant(4_000, 5_000, 10)).keySet())
        .containsExactly(node("A"), node("r"), node("C"));
  }

  @Test
  void endsThatMeasureAtOnceHoldTheirHalvesForTheHerald() {
    NetworkView view = TextNetwork.view("A -20km- r -35km- C");
    Plan plan = swap(link(view, "a-r", "middle"), link(view, "r-c", "fine"));
    NodeWaiting end = waiting(plan, view, grant(4_000, 5_000, 10), "A");
    double herald = view.linkMode(LinkId.of("a-r"), "middle").heraldLatencyPicos() * 1e-12;
    assertThat(end.memorySeconds()).isCloseTo(herald, within(1e-12));
    assertThat(end.waitSeconds()).isZero();
  }

  /// Of two geometric instants with success p the earlier one waits 2(1-p)/(p(2-p)) attempts on
  /// average; each half waits in half of the cases.
  @Test
  void oneModeOnEachSideWaitsAsGeometricInstantsDo() {
    NetworkView view = TextNetwork.with().multiplexing(1).declared("A -20km- r -20km- C");
    Plan plan = swap(link(view, "a-r", "bright"), link(view, "r-c", "bright"));
    LinkMode mode = view.linkMode(LinkId.of("a-r"), "bright");
    double p = mode.attemptSuccessProbability();
    double apart = 2 * (1 - p) / (p * (2 - p)) * mode.attemptPeriodPicos() * 1e-12;
    long roundMicros = (long) (30 / p * mode.attemptPeriodPicos() * 1e-6);
    NodeWaiting middle = waiting(plan, view, grant(roundMicros, roundMicros + 1_000, 1), "r");
    assertThat(middle.waitSeconds() / (apart / 2)).isCloseTo(1, within(0.03));
  }

  @Test
  void theFirstOfTwoModesWaitsForTheSecondToBePurified() {
    NetworkView view = TextNetwork.with().multiplexing(2).declared("A -20km- B");
    Plan plan = purify(link(view, "a-b", "bright"), PurificationProtocol.DEJMPS);
    LinkMode mode = view.linkMode(LinkId.of("a-b"), "bright");
    double p = mode.attemptSuccessProbability();
    double apart = 2 * (1 - p) / (p * (2 - p)) * mode.attemptPeriodPicos() * 1e-12;
    long roundMicros = (long) (30 / p * mode.attemptPeriodPicos() * 1e-6);
    Grant grant = grant(roundMicros, roundMicros + 1_000, 1);
    NodeWaiting left = waiting(plan, view, grant, "A");
    assertThat(left.waitSeconds() / apart).isCloseTo(1, within(0.15));
    // One end waits for its request to arrive and the reply to come back, the other for the
    // request.
    double latency = mode.classicalLatencyPicos() * 1e-12;
    double herald = mode.heraldLatencyPicos() * 1e-12;
    NodeWaiting right = waiting(plan, view, grant, "B");
    assertThat(
            left.memorySeconds() - left.waitSeconds() + right.memorySeconds() - right.waitSeconds())
        .isCloseTo(2 * herald + 3 * latency, within(1e-9));
  }

  @Test
  void decayTellsTheTimesOfASwap() {
    NetworkView view = TextNetwork.with().memory(LASTING).declared("A -20km- r -35km- C");
    Plan plan = swap(link(view, "a-r", "middle"), link(view, "r-c", "fine"));
    agree(plan, view, grant(4_000, 5_000, 10));
  }

  @Test
  void decayTellsTheTimesOfAChainSwappedInTurn() {
    NetworkView view =
        TextNetwork.with().memory(LASTING).multiplexing(6).declared("A -20km- r -35km- s -30km- C");
    Plan plan =
        swap(
            swap(link(view, "a-r", "bright"), link(view, "r-s", "bright")),
            link(view, "s-c", "bright"));
    agree(plan, view, grant(5_000, 6_000, 10));
  }

  @Test
  void decayTellsTheTimesOfSwapsThatFail() {
    NetworkView view =
        TextNetwork.with()
            .memory(LASTING)
            .operations(new Operations(0.99, 0.01, 0.5))
            .declared("A -20km- r -35km- s -15km- t -40km- C");
    Plan plan =
        swap(
            swap(link(view, "a-r", "middle"), link(view, "r-s", "middle")),
            swap(link(view, "s-t", "middle"), link(view, "t-c", "bright")));
    agree(plan, view, grant(5_000, 8_000, 10));
  }

  /// With little dephasing at one node only, the correlation of a delivered pair shrinks by the
  /// time that halves are held there over T2.
  private static void agree(Plan plan, NetworkView view, Grant grant) {
    double lasting = Evaluator.evaluate(plan, view, grant).state().correlationXX();
    double t2Seconds = 10;
    Evaluator.waiting(plan, view, grant)
        .forEach((id, waiting) -> {
          NetworkView dephasing = withMemory(view, id, new Qubits(512, 1e12, t2Seconds));
          double shrunk = Evaluator.evaluate(plan, dephasing, grant).state().correlationXX();
          boolean isEnd = id.equals(plan.left()) || id.equals(plan.right());
          double held = -Math.log(shrunk / lasting) * t2Seconds / (isEnd ? 1 : 2);
          assertThat(waiting.memorySeconds() / held).as("node %s", id).isCloseTo(1, within(0.03));
        });
  }

  private static NetworkView withMemory(NetworkView view, NodeId id, Qubits memory) {
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>(view.nodes());
    Node node = view.node(id);
    nodes.put(id, new Node(id, node.role(), node.communicationQubits(), memory, node.operations()));
    return new NetworkView(nodes, view.linkModes());
  }

  private static NodeWaiting waiting(Plan plan, NetworkView view, Grant grant, String name) {
    return Objects.requireNonNull(Evaluator.waiting(plan, view, grant).get(node(name)));
  }
}
