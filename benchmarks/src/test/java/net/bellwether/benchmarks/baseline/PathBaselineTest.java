package net.bellwether.benchmarks.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import net.bellwether.benchmarks.baseline.PathBaseline.Weight;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Prices;
import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.request.StateModel;
import net.bellwether.scheduler.solver.FluidEvaluator;
import net.bellwether.scheduler.solver.FluidPlan;
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

class PathBaselineTest {
  private static final Operations NOISY = new Operations(0.99, 0.005, 0.99);

  @Test
  void pathThatServesAsItIsTakesOnePairALink() {
    NetworkView view = view(link("a", "b", 0.98), link("b", "c", 0.97));

    assertThat(plan(view, 0.9))
        .hasValueSatisfying(plan -> {
          assertThat(plan).isInstanceOf(Plan.Swap.class);
          assertThat(value(plan, view, 0.9).cost()).isCloseTo(2 / 0.99, within(1e-12));
        });
  }

  @Test
  void linkIsPurifiedWhereThePathMissesTheFloor() {
    NetworkView view = view(link("a", "b", 0.98), link("b", "c", 0.9));

    assertThat(plan(view, 0.9))
        .hasValueSatisfying(plan -> {
          assertThat(value(plan, view, 0.9).state().fidelity()).isGreaterThanOrEqualTo(0.9);
          assertThat(plan.toString()).contains("Purify");
        });
  }

  @Test
  void shortestPathsComeInTheOrderOfTheirWeight() {
    NetworkView view = view(link("a", "c", 0.7), link("a", "b", 0.99), link("b", "c", 0.99));
    PathBaseline baseline = new PathBaseline(view, 16);

    assertThat(baseline.paths(NodeId.of("a"), NodeId.of("c"), 5, Weight.HOPS))
        .containsExactly(List.of(0), List.of(1, 2));
    assertThat(baseline.paths(NodeId.of("a"), NodeId.of("c"), 5, Weight.LOST_FIDELITY))
        .containsExactly(List.of(1, 2), List.of(0));
  }

  @Test
  void nodesThatNothingJoinsHaveNoPlan() {
    NetworkView view = view(link("a", "b", 0.99), link("c", "d", 0.99));

    assertThat(plan(view, 0.8)).isEmpty();
  }

  private static FluidPlan value(Plan plan, NetworkView view, double minFidelity) {
    return FluidEvaluator.evaluate(
        plan,
        view,
        Request.cheapest(plan.left(), plan.right(), Prices.PAIRS, minFidelity)
            .with(StateModel.WERNER)
            .with(PurificationClass.ANY));
  }

  private static Optional<Plan> plan(NetworkView view, double minFidelity) {
    PathBaseline baseline = new PathBaseline(view, 16);
    NodeId from = NodeId.of("a");
    return baseline.plan(
        baseline.paths(from, NodeId.of("c"), 5, Weight.LOST_FIDELITY),
        from,
        minFidelity,
        false,
        PurificationClass.ANY);
  }

  private static LinkMode link(String a, String b, double fidelity) {
    return new LinkMode(
        LinkId.of(a + "-" + b),
        NodeId.of(a),
        NodeId.of(b),
        "only",
        1,
        0.1,
        1_000_000,
        0,
        0,
        BellDiagonal.werner(fidelity),
        1);
  }

  private static NetworkView view(LinkMode... links) {
    Qubits qubits = new Qubits(8, 1, 1);
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (LinkMode link : links) {
      for (NodeId id : List.of(link.a(), link.b())) {
        nodes.put(id, new Node(id, NodeRole.END_NODE, qubits, qubits, NOISY));
      }
    }
    return new NetworkView(nodes, List.of(links));
  }
}
