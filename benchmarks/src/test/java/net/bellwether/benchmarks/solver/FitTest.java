package net.bellwether.benchmarks.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.bellwether.benchmarks.Distribution;
import org.junit.jupiter.api.Test;

class FitTest {
  @Test
  void lineIsFoundAgain() {
    Fit fit = Fit.of(new double[] {1, 2, 4}, new double[] {5, 7, 11});

    assertThat(fit.slope()).isCloseTo(2, within(1e-12));
    assertThat(fit.rSquared()).isCloseTo(1, within(1e-12));
  }

  @Test
  void scatterLowersRSquared() {
    Fit fit = Fit.of(new double[] {0, 1, 2, 3}, new double[] {0, 1, 1, 0});

    assertThat(fit.slope()).isCloseTo(0, within(1e-12));
    assertThat(fit.rSquared()).isCloseTo(0, within(1e-12));
  }

  @Test
  void quantileIsAMeasuredValueThatTheShareDoesNotPass() {
    Distribution values = Distribution.of(List.of(4.0, 1.0, 3.0, 2.0), Double::doubleValue);

    assertThat(values.p50()).isEqualTo(2);
    assertThat(values.quantile(0.51)).isEqualTo(3);
    assertThat(values.p99()).isEqualTo(4);
    assertThat(values.mean()).isEqualTo(2.5);
  }

  @Test
  void nothingMeasuredHasNoQuantile() {
    assertThat(Distribution.of(List.<Double>of(), Double::doubleValue).p50()).isNaN();
  }
}
