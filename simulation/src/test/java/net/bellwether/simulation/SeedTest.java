package net.bellwether.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import net.bellwether.scheduler.plan.Plan;
import net.bellwether.simulation.TextChain.Hardware;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import org.junit.jupiter.api.Test;

final class SeedTest {
  private final TextChain chain =
      TextChain.of(
          "a -20km- b -10km- c",
          new Hardware(new Operations(0.99, 0.005, 0.8), new Qubits(400, 2.0, 0.1), 0.4, 0.04, 32));

  private SimulationReport run(long seed) {
    Plan plan = chain.plan("D ( a-b b b-c )");
    return PlanSimulation.run(chain.network, plan, chain.grant(plan, 3_000_000_000L), 20, seed);
  }

  @Test
  void theSameSeedGivesTheSameReport() {
    assertThat(run(7)).isEqualTo(run(7));
  }

  @Test
  void anotherSeedGivesAnother() {
    assertThat(run(7).pairs()).isPositive();
    assertThat(run(7)).isNotEqualTo(run(8));
  }
}
