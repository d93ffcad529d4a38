package net.bellwether.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.bellwether.scheduler.PlanOutcome.Planned;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.scenario.Scenarios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every scenario, between every two of its ends.
class ScenarioPlansTest {
  static List<String> names() {
    return Scenarios.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyTwoEndsGetKeyAndRules(String name) {
    NetworkView view = view(name);
    List<NodeId> ends =
        view.nodes().values().stream()
            .filter(node -> node.role() != NodeRole.REPEATER)
            .map(node -> node.id())
            .toList();
    for (int i = 0; i < ends.size(); i++) {
      for (int j = i + 1; j < ends.size(); j++) {
        Planned planned = (Planned) Planner.plan(view, Request.key(ends.get(i), ends.get(j)));
        assertThat(planned.evaluation().finiteKeyBitsPerSecond()).isPositive();
        assertThat(planned.evaluation().pairsPerSecond())
            .isLessThanOrEqualTo(planned.evaluation().fluidPairsPerSecond());
        assertThat(
                RuleCompiler.compile(
                    FlowId.of("session"),
                    1,
                    planned.plan(),
                    planned.grant(),
                    view,
                    new BasisPolicy.RandomBases(0.9, 20)))
            .containsKeys(ends.get(i), ends.get(j));
      }
    }
    assertThat(LinkTests.compileAll(view, 1)).hasSameSizeAs(view.linkModes());
  }

  @Test
  void longestPlanOfChicagoIsDeliveredAsPredicted() {
    NetworkView view = view("qit-chicago");
    Request request = Request.pairs(NodeId.of("chicago"), NodeId.of("oak-ridge"), 0.9);
    Planned planned = (Planned) Planner.plan(view, request);
    int rounds = 150;
    RoundEmulation played =
        new RoundEmulation(planned.plan(), view, planned.grant(), 7).run(rounds);
    double perRound =
        planned.evaluation().pairsPerSecond() / planned.grant().rounds().roundsPerSecond();
    assertThat(played.pairsPerRound(rounds) / perRound).isCloseTo(1, within(0.02));
    assertThat(played.state().fidelity())
        .isCloseTo(planned.evaluation().state().fidelity(), within(0.004));
  }

  private static NetworkView view(String name) {
    return switch (TopologyReader.read(name, Scenarios.document(name))) {
      case TopologyReading.Valid valid -> NetworkView.declared(valid.network());
      case TopologyReading.Invalid invalid -> throw new AssertionError(invalid.mistakes());
    };
  }
}
