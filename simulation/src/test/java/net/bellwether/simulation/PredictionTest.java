package net.bellwether.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import net.bellwether.scheduler.plan.Plan;
import net.bellwether.simulation.TextChain.Hardware;
import net.bellwether.simulation.tally.Estimate;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the evaluator predicts for a plan, rule engines and nature deliver.
final class PredictionTest {
  private static final Hardware HARDWARE =
      new Hardware(new Operations(0.99, 0.005, 0.8), new Qubits(400, 2.0, 0.1), 0.4, 0.04, 64);

  private static final double SIGMAS = 3;
  private static final double RATE_TOLERANCE = 0.03;
  private static final double FIDELITY_TOLERANCE = 0.004;

  @ParameterizedTest(name = "{1} on {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a -20km- b                            | a-b                                 | 2000
          a -20km- b -35km- c                   | ( a-b b b-c )                       | 2000
          a -20km- b                            | D a-b                               | 2000
          a -20km- b                            | B a-b                               | 2000
          a -20km- b                            | D D a-b                             | 4000
          a -20km- b -10km- c                   | ( D a-b b D b-c )                   | 4000
          a -20km- b -10km- c                   | D ( a-b b b-c )                     | 4000
          a -20km- b -10km- c                   | ( D a-b b b-c )                     | 4000
          a -15km- b -20km- c -25km- d          | ( ( a-b b b-c ) c c-d )             | 3000
          a -15km- b -20km- c -25km- d          | ( a-b b ( b-c c c-d ) )             | 3000
          a -15km- b -20km- c -25km- d -20km- e | ( ( a-b b b-c ) c ( c-d d d-e ) )   | 3000
          a -15km- b -20km- c -25km- d -20km- e | ( D ( a-b b b-c ) c ( c-d d d-e ) ) | 5000
          a -15km- b -20km- c -25km- d          | D ( ( a-b b b-c ) c c-d )           | 5000
          """)
  void deliversWhatIsPredicted(String chain, String planText, long attemptMicros) {
    TextChain network = TextChain.of(chain, HARDWARE);
    Plan plan = network.plan(planText);
    SimulationReport report =
        PlanSimulation.run(
            network.network, plan, network.grant(plan, attemptMicros * 1_000_000), 400, 1);
    assertThat(report.pairs()).isGreaterThan(1000);
    assertNear(report);
  }

  static void assertNear(SimulationReport report) {
    double predictedRate = report.predicted().pairsPerSecond();
    assertThat(report.pairsPerSecond().value())
        .describedAs("pairs per second, predicted %f: %s", predictedRate, report)
        .isBetween(
            predictedRate * (1 - RATE_TOLERANCE) - SIGMAS * report.pairsPerSecond().standardError(),
            predictedRate * (1 + RATE_TOLERANCE)
                + SIGMAS * report.pairsPerSecond().standardError());
    assertEstimate("fidelity", report.fidelity(), report.predicted().state().fidelity(), report);
    assertEstimate("QBER Z", report.qberZ(), report.predicted().qberZ(), report);
    assertEstimate("QBER X", report.qberX(), report.predicted().qberX(), report);
  }

  private static void assertEstimate(
      String what, Estimate estimate, double predicted, SimulationReport report) {
    double tolerance = FIDELITY_TOLERANCE + SIGMAS * estimate.standardError();
    assertThat(estimate.value())
        .describedAs("%s, predicted %f: %s", what, predicted, report)
        .isBetween(predicted - tolerance, predicted + tolerance);
  }
}
