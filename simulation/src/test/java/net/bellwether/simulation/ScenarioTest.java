package net.bellwether.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.Planner;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.scenario.Scenarios;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the planner plans for the scenario library is delivered as it says.
final class ScenarioTest {
  @ParameterizedTest(name = "{0}: {1} to {2}, {3}")
  @CsvSource({
    "qit-chicago, chicago, oak-ridge, key, 60",
    "qit-chicago, chicago, oak-ridge, 0.9, 60",
    "cambridge-loop, lab, exchange, key, 300",
    "cambridge-loop, lab, exchange, 0.98, 300",
    "repeater-50km, west, east, key, 100",
    "repeater-50km, west, east, 0.95, 100"
  })
  void deliversWhatIsPlanned(String scenario, String from, String to, String wish, long frames) {
    Network network = network(scenario);
    Request request =
        wish.equals("key")
            ? Request.key(NodeId.of(from), NodeId.of(to))
            : Request.pairs(NodeId.of(from), NodeId.of(to), Double.parseDouble(wish));
    PlanOutcome outcome = Planner.plan(NetworkView.declared(network), request);
    assertThat(outcome).isInstanceOf(PlanOutcome.Planned.class);
    PlanOutcome.Planned planned = (PlanOutcome.Planned) outcome;
    SimulationReport report =
        PlanSimulation.run(network, planned.plan(), planned.grant(), frames, 1);
    assertThat(report.pairs()).isGreaterThan(1000);
    assertThat(report.predicted().pairsPerSecond())
        .isEqualTo(planned.evaluation().pairsPerSecond());
    PredictionTest.assertNear(report);
  }

  static Network network(String scenario) {
    return switch (TopologyReader.read(scenario, Scenarios.document(scenario))) {
      case TopologyReading.Valid valid -> valid.network();
      case TopologyReading.Invalid invalid ->
          throw new IllegalStateException(invalid.mistakes().toString());
    };
  }
}
