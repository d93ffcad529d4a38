package net.bellwether.simulation.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.bellwether.scheduler.request.PurificationClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A share of `./benchmarks/run agreement`, short.
final class AgreementTest {
  private static final int NETWORKS = 20;
  private static final long PAIRS_MAX = 30_000;

  private final PlanCases cases = new PlanCases(PurificationClass.NESTED);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, NETWORKS);
  }

  @ParameterizedTest(name = "random network {0}")
  @MethodSource("seeds")
  void whatIsPredictedForARandomNetworkIsEmulated(long seed) {
    PlanCase plan = cases.random(seed);
    Comparison comparison = Comparison.of(plan, PAIRS_MAX, seed);
    assertThat(comparison.agrees())
        .describedAs("%s: %s: %s", plan.name(), PlanLine.of(plan.plan()), comparison.report())
        .isTrue();
  }
}
