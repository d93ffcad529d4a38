package net.bellwether.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import net.bellwether.scheduler.plan.Plan;
import net.bellwether.simulation.TextChain.Hardware;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Plans that purify pairs of two different sub-plans deliver what is predicted, and leave no qubit
/// behind.
final class MixedTreesTest {
  private static final Hardware HARDWARE =
      new Hardware(new Operations(0.99, 0.005, 0.8), new Qubits(400, 2.0, 0.1), 0.4, 0.04, 64);

  @ParameterizedTest(name = "{1} on {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a -20km- b           | d D a-b a-b                     | 3000
          a -20km- b           | b d D a-b a-b a-b               | 4000
          a -20km- b -10km- c  | ( d D a-b a-b b b-c )           | 4000
          a -20km- b -10km- c  | d ( a-b b D b-c ) ( D a-b b b-c ) | 4000
          a -20km- b -10km- c  | b D ( a-b b b-c ) ( a-b b b-c ) | 5000
          """)
  void deliversWhatIsPredicted(String chain, String planText, long attemptMicros) {
    TextChain network = TextChain.of(chain, HARDWARE);
    Plan plan = network.plan(planText);
    SimulationReport report =
        PlanSimulation.run(
            network.network, plan, network.grant(plan, attemptMicros * 1_000_000), 200, 1);
    assertThat(report.pairs()).isGreaterThan(1000);
    PredictionTest.assertNear(report);
  }
}
