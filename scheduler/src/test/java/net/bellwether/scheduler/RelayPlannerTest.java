package net.bellwether.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import net.bellwether.scheduler.PlanOutcome.Fluid;
import net.bellwether.scheduler.PlanOutcome.Rejected;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Limits;
import net.bellwether.scheduler.request.Reason;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;
import org.junit.jupiter.api.Test;

/// Keys over trusted nodes, as in networks of key distribution today: no node has memory to swap.
class RelayPlannerTest {

  private static final Request KEY = Request.key(NodeId.of("alice"), NodeId.of("bob"));

  /// Two segments over the trusted node `tower`, and two over the repeater `hut`.
  private static final NetworkView NETWORK =
      view(
          link("alice", "tower", 1_000, 0.97),
          link("tower", "bob", 400, 0.96),
          link("alice", "hut", 1_000, 0.97),
          link("hut", "bob", 1_000, 0.97));

  @Test
  void keyOverATrustedNodeIsThatOfTheNarrowerSegment() {
    Fluid relayed = (Fluid) Planner.plan(NETWORK, over("tower"));
    assertThat(relayed.plan())
        .isInstanceOfSatisfying(
            Plan.Relay.class, relay -> assertThat(relay.at()).isEqualTo(NodeId.of("tower")));
    double first = segment("alice", "tower");
    double second = segment("tower", "bob");
    assertThat(second).isLessThan(first);
    assertThat(relayed.figures().value()).isEqualTo(second, within(1e-9 * second));
    assertThat(relayed.upperBound()).isEqualTo(second, within(1e-9 * second));
    assertThat(relayed.gap()).isEqualTo(0, within(1e-12));
  }

  @Test
  void relayedKeyHasNoStateAndTakesPairsOnBothSegments() {
    Fluid relayed = (Fluid) Planner.plan(NETWORK, over("tower"));
    assertThat(relayed.figures().state()).isEmpty();
    assertThat(relayed.figures().pairsPerSecond()).isZero();
    assertThat(relayed.figures().pairsConsumedPerLink())
        .containsOnlyKeys(LinkId.of("alice-tower"), LinkId.of("tower-bob"));
    assertThat(relayed.figures().pairsConsumedPerLink().values()).allMatch(pairs -> pairs > 1);
  }

  @Test
  void withoutLeaveToRelayThereIsNoWay() {
    assertThat(((Rejected) Planner.plan(NETWORK, KEY)).reason()).isEqualTo(Reason.NO_PATH);
  }

  @Test
  void nodeThatIsNotTrustedRelaysNothing() {
    for (String name : List.of("hut", "bob", "nowhere")) {
      Rejected rejected = (Rejected) Planner.plan(NETWORK, over(name));
      assertThat(rejected.reason()).isEqualTo(Reason.NOT_TRUSTED);
      assertThat(rejected.detail()).contains("(" + name + ")");
    }
  }

  @Test
  void relayThatLeadsNowhereYieldsNoKey() {
    NetworkView cut = NETWORK.withoutLink(LinkId.of("tower-bob"));
    Rejected rejected = (Rejected) Planner.plan(cut, over("tower"));
    assertThat(rejected.reason()).isEqualTo(Reason.NO_SECRET_KEY);
  }

  @Test
  void widestOfTwoChainsOfRelaysIsTaken() {
    NetworkView view =
        view(
            link("alice", "tower", 1_000, 0.97),
            link("tower", "bob", 400, 0.96),
            link("alice", "tower2", 700, 0.97),
            link("tower2", "bob", 800, 0.97));
    Fluid relayed = (Fluid) Planner.plan(view, over("tower", "tower2"));
    assertThat(((Plan.Relay) relayed.plan()).at()).isEqualTo(NodeId.of("tower2"));
    assertThat(relayed.gap()).isEqualTo(0, within(1e-12));
  }

  private static double segment(String from, String to) {
    Request request = Request.key(NodeId.of(from), NodeId.of(to));
    return switch (Planner.plan(NETWORK, request)) {
      case PlanOutcome.Planned planned -> planned.fluidValue();
      case Fluid fluid -> fluid.figures().value();
      case Rejected rejected -> throw new AssertionError(rejected.detail());
    };
  }

  private static Request over(String... relays) {
    Set<NodeId> nodes = new LinkedHashSet<>();
    for (String relay : relays) {
      nodes.add(NodeId.of(relay));
    }
    return KEY.with(Limits.NONE.withRelays(nodes));
  }

  private static NetworkView view(LinkMode... modes) {
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (LinkMode mode : modes) {
      for (NodeId id : List.of(mode.a(), mode.b())) {
        nodes.put(
            id,
            new Node(
                id,
                role(id.value()),
                new Qubits(100, 10, 1),
                new Qubits(100, 10, 1),
                new Operations(0.99, 0.005, 0)));
      }
    }
    return new NetworkView(nodes, List.of(modes));
  }

  private static NodeRole role(String name) {
    if (name.startsWith("tower")) {
      return NodeRole.TRUSTED_NODE;
    }
    return name.equals("hut") ? NodeRole.REPEATER : NodeRole.END_NODE;
  }

  private static LinkMode link(String a, String b, double pairsPerSecond, double fidelity) {
    return new LinkMode(
        LinkId.of(a + "-" + b),
        NodeId.of(a),
        NodeId.of(b),
        "only",
        1,
        pairsPerSecond / 1e6,
        1_000_000,
        1_000,
        1_000,
        BellDiagonal.werner(fidelity),
        1);
  }
}
