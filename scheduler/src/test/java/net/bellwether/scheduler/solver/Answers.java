package net.bellwether.scheduler.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.bellwether.scheduler.solver.Solution.Found;
import net.bellwether.scheduler.solver.Solution.NotFound;

/// Comparisons of two answers by what each of them claims, which hold whether or not the budget
/// sufficed for a proof.
final class Answers {
  private static final double TOLERANCE = 1e-9;

  private Answers() {}

  /// That the plan of `worse`, times `factor`, does not pass the bound of `better`; and that there
  /// is none where `better` is sure of that.
  static void assertNotBetter(Sample sample, Solution worse, Solution better, double factor) {
    if (worse instanceof Found found) {
      String what = "seed %d: %s and %s".formatted(sample.seed(), worse, better);
      double value = found.best().value() * factor;
      switch (better) {
        case Found other -> {
          if (sample.request().objective().minimises()) {
            assertThat(value).as(what).isGreaterThanOrEqualTo(other.bound() * (1 - TOLERANCE));
          } else {
            assertThat(value).as(what).isLessThanOrEqualTo(other.bound() * (1 + TOLERANCE));
          }
        }
        case NotFound none -> assertThat(none.proven()).as(what).isFalse();
      }
    }
  }

  /// That `second` is worth `factor` times what `first` is.
  static void assertAlike(Sample sample, Solution first, Solution second, double factor) {
    assertNotBetter(sample, first, second, factor);
    assertNotBetter(sample, second, first, 1 / factor);
    if (areProven(first, second)) {
      double expected = ((Found) first).best().value() * factor;
      assertThat(((Found) second).best().value())
          .as("seed %d", sample.seed())
          .isEqualTo(expected, within(TOLERANCE * expected));
    }
  }

  static boolean areProven(Solution first, Solution second) {
    return first instanceof Found one
        && one.gap() == 0
        && second instanceof Found two
        && two.gap() == 0;
  }
}
