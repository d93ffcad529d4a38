package net.bellwether.benchmarks.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void withoutArgumentsAllSizesAreMeasuredWithAThousandRequests() {
    Options options = Options.parse(new String[] {});

    assertThat(options.sizes()).containsExactly(100, 400, 1_000, 10_000, 100_000);
    assertThat(options.requests()).isEqualTo(1_000);
  }

  @Test
  void quickModeCanBeNarrowedFurther() {
    Options options = Options.parse(new String[] {"--quick", "--sizes", "50,60", "--budget", "7"});

    assertThat(options.sizes()).containsExactly(50, 60);
    assertThat(options.requests()).isEqualTo(50);
    assertThat(options.smallBudget()).isEqualTo(7);
  }

  @Test
  void badNumberIsRefusedByNameAndRule() {
    assertThatThrownBy(() -> Options.parse(new String[] {"--requests", "0"}))
        .hasMessage("--requests (0) must be a whole number of at least 1");
  }

  @Test
  void unknownOptionIsRefusedByName() {
    assertThatThrownBy(() -> Options.parse(new String[] {"--fast", "1"}))
        .hasMessageStartingWith("--fast is not an option");
  }
}
