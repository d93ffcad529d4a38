package net.bellwether.scheduler;

import static net.bellwether.scheduler.TextNetwork.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import net.bellwether.scheduler.PlanOutcome.Planned;
import net.bellwether.scheduler.PlanOutcome.Rejected;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Reason;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import org.junit.jupiter.api.Test;

class PlannerTest {
  @Test
  void oneLinkTakesTheFastestModeAboveTheFloor() {
    NetworkView view = TextNetwork.view("A -20km- B");
    assertThat(tree(view, "A", "B", 0.8)).isEqualTo("generate a–b on a-b (bright)\n");
    assertThat(tree(view, "A", "B", 0.93)).isEqualTo("generate a–b on a-b (middle)\n");
    assertThat(tree(view, "A", "B", 0.975)).isEqualTo("generate a–b on a-b (fine)\n");
  }

  @Test
  void chainSwapsAtTheRepeater() {
    NetworkView view = TextNetwork.view("A -20km- r -35km- C");
    assertThat(tree(view, "A", "C", 0.75))
        .isEqualTo(
            """
            swap at r
              generate a–r on a-r (bright)
              generate r–c on r-c (bright)
            """);
  }

  @Test
  void shortDetourBeatsTheLongLink() {
    NetworkView view = TextNetwork.view("A -20km- r -20km- C; A -200km- C");
    Planned planned = planned(view, Request.pairs(node("A"), node("C"), 0.7));
    assertThat(planned.plan()).isInstanceOf(Plan.Swap.class);
  }

  @Test
  void floorBeyondTheFinestModeIsReachedByPurification() {
    NetworkView view = TextNetwork.view("A -20km- B");
    Planned planned = planned(view, Request.pairs(node("A"), node("B"), 0.982));
    assertThat(planned.plan()).isInstanceOf(Plan.Purify.class);
    assertThat(planned.evaluation().state().fidelity()).isGreaterThanOrEqualTo(0.982);
  }

  @Test
  void keyRequestsChooseTheModeWithTheBestKeyRate() {
    NetworkView view = TextNetwork.view("A -20km- r -35km- C");
    Planned key = planned(view, Request.key(node("A"), node("C")));
    Planned pairs = planned(view, Request.pairs(node("A"), node("C"), 0.6));
    assertThat(key.evaluation().asymptoticKeyBitsPerSecond())
        .isGreaterThan(pairs.evaluation().asymptoticKeyBitsPerSecond());
    assertThat(pairs.evaluation().pairsPerSecond())
        .isGreaterThan(key.evaluation().pairsPerSecond());
  }

  @Test
  void higherFloorNeverDeliversMore() {
    NetworkView view = TextNetwork.view("A -20km- r -35km- C; r -15km- s -30km- C");
    double before = Double.POSITIVE_INFINITY;
    for (double floor = 0.6; floor < 0.96; floor += 0.03) {
      Planned planned = planned(view, Request.pairs(node("A"), node("C"), floor));
      assertThat(planned.evaluation().state().fidelity()).isGreaterThanOrEqualTo(floor);
      assertThat(planned.evaluation().pairsPerSecond()).isLessThanOrEqualTo(before * 1.001);
      before = planned.evaluation().pairsPerSecond();
    }
  }

  @Test
  void gapIsThatOfTheFluidRate() {
    NetworkView view = TextNetwork.view("A -20km- r -35km- C; A -50km- C");
    Planned planned = planned(view, Request.pairs(node("A"), node("C"), 0.85));
    assertThat(planned.gap()).isLessThan(0.01);
    assertThat(planned.evaluation().fluidPairsPerSecond())
        .isCloseTo(planned.upperBound() * (1 - planned.gap()), within(planned.upperBound() * 1e-6));
    assertThat(planned.evaluation().pairsPerSecond())
        .isLessThan(planned.evaluation().fluidPairsPerSecond());
  }

  @Test
  void equalRequestsGetEqualPlans() {
    String text = "A -20km- r -35km- C; r -15km- s -30km- C; A -40km- s";
    Request request = Request.pairs(node("A"), node("C"), 0.9);
    assertThat(Planner.plan(TextNetwork.view(text), request))
        .isEqualTo(Planner.plan(TextNetwork.view(text), request));
  }

  @Test
  void repeaterWithFewQubitsSharesThemAmongItsLinks() {
    NetworkView view =
        TextNetwork.with().memory(new Qubits(64, 100, 1)).declared("A -20km- r -35km- C");
    Planned planned = planned(view, Request.pairs(node("A"), node("C"), 0.75));
    assertThat(planned.grant().memoryShare()).isEqualTo(0.5);
  }

  @Test
  void excludedLinksAndNodesAreAvoided() {
    NetworkView view = TextNetwork.view("A -20km- r -20km- C; A -25km- s -25km- C");
    Request request = Request.pairs(node("A"), node("C"), 0.7);
    assertThat(PlanText.tree(planned(view, request).plan())).startsWith("swap at r");
    assertThat(PlanText.tree(planned(view, without(request, Set.of(), Set.of(node("r")))).plan()))
        .startsWith("swap at s");
    assertThat(
            PlanText.tree(
                planned(view, without(request, Set.of(LinkId.of("a-r")), Set.of())).plan()))
        .startsWith("swap at s");
  }

  @Test
  void shortLivedMemoryRaisesTheFidelityThatIsSearched() {
    // Without decay the middle mode would do; with it, only finer ones.
    NetworkView view =
        TextNetwork.with()
            .memory(new Qubits(512, 0.02, 0.02))
            .multiplexing(4)
            .declared("A -20km- r -35km- C");
    Planned planned = planned(view, Request.pairs(node("A"), node("C"), 0.87));
    assertThat(planned.evaluation().state().fidelity()).isGreaterThanOrEqualTo(0.87);
  }

  @Test
  void unknownNodeIsNamed() {
    Rejected rejected = rejected("A -20km- B", Request.pairs(node("A"), node("Z"), 0.8));
    assertThat(rejected.reason()).isEqualTo(Reason.UNKNOWN_NODE);
    assertThat(rejected.detail()).contains("(z)");
  }

  @Test
  void repeaterIsNotAnEnd() {
    Rejected rejected = rejected("A -20km- r -20km- C", Request.pairs(node("A"), node("r"), 0.8));
    assertThat(rejected.reason()).isEqualTo(Reason.NOT_AN_END);
  }

  @Test
  void disconnectedNodesHaveNoPath() {
    Rejected rejected =
        rejected("A -20km- B; C -20km- D", Request.pairs(node("A"), node("D"), 0.8));
    assertThat(rejected.reason()).isEqualTo(Reason.NO_PATH);
    assertThat(rejected.reachableFidelity()).isEmpty();
  }

  @Test
  void unreachableFloorSaysWhatIsReachable() {
    NetworkView view = TextNetwork.view("A -20km- r -35km- C");
    Request request = Request.pairs(node("A"), node("C"), 0.999);
    Rejected rejected = (Rejected) Planner.plan(view, request);
    assertThat(rejected.reason()).isEqualTo(Reason.FIDELITY_UNREACHABLE);
    double reachable = rejected.reachableFidelity().orElseThrow();
    assertThat(reachable).isBetween(0.95, 0.999);
    assertThat(Planner.plan(view, Request.pairs(node("A"), node("C"), reachable - 1e-4)))
        .isInstanceOf(Planned.class);
  }

  @Test
  void noisyDevicesYieldNoKey() {
    NetworkView view =
        TextNetwork.with().operations(new Operations(0.8, 0.08, 1)).declared("A -20km- r -35km- C");
    Rejected rejected = (Rejected) Planner.plan(view, Request.key(node("A"), node("C")));
    assertThat(rejected.reason()).isEqualTo(Reason.NO_SECRET_KEY);
  }

  @Test
  void heldLinksHaveNoCapacity() {
    NetworkView view = TextNetwork.view("A -20km- r -35km- C").withFreeShare(LinkId.of("a-r"), 0);
    Rejected rejected = (Rejected) Planner.plan(view, Request.pairs(node("A"), node("C"), 0.8));
    assertThat(rejected.reason()).isEqualTo(Reason.NO_CAPACITY);
  }

  @Test
  void smallestBudgetStillGivesAPlanAndABoundOnAllOthers() {
    NetworkView view = TextNetwork.view("A -20km- r -35km- C");
    Planned planned = planned(view, Request.pairs(node("A"), node("C"), 0.8).withWorkBudget(1));
    assertThat(planned.evaluation().state().fidelity()).isGreaterThanOrEqualTo(0.8);
    assertThat(planned.upperBound()).isGreaterThanOrEqualTo(planned.fluidValue());
  }

  private static Request without(Request request, Set<LinkId> links, Set<NodeId> nodes) {
    return request.with(request.limits().excluding(links, nodes));
  }

  private static Rejected rejected(String network, Request request) {
    return (Rejected) Planner.plan(TextNetwork.view(network), request);
  }

  private static Planned planned(NetworkView view, Request request) {
    PlanOutcome outcome = Planner.plan(view, request);
    assertThat(outcome).isInstanceOf(Planned.class);
    return (Planned) outcome;
  }

  private static String tree(NetworkView view, String from, String to, double minFidelity) {
    return PlanText.tree(planned(view, Request.pairs(node(from), node(to), minFidelity)).plan());
  }
}
