package net.bellwether.scheduler.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.bellwether.scheduler.judge.BruteForceMain.Tally;
import org.junit.jupiter.api.Test;

class BruteForceMainTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void largerTreesNeverContradictWhatIsCalledCertain() {
    Tally tally = BruteForceMain.run(new Reference(), 100, 1, out);
    assertThat(tally.wrong()).as(text()).isZero();
    assertThat(tally.optimum()).isEqualTo(100);
    assertThat(text()).endsWith(tally + System.lineSeparator());
  }

  @Test
  void solverThatFindsNothingIsWrongWhereverThereIsAPlan() {
    Tally tally = BruteForceMain.run(_ -> new Verdict.Nothing(), 50, 1, out);
    assertThat(tally.optimum()).isZero();
    assertThat(tally.wrong()).isEqualTo(50);
    assertThat(text()).contains("found nothing but there is");
  }

  /// A claim is checked against its own tree, whatever the ruling.
  @Test
  void answerThatClaimsMoreThanItsTreeGivesIsWrong() {
    var reference = new Reference();
    Judged boastful =
        instance ->
            switch (reference.answer(instance)) {
              case Verdict.Best best -> new Verdict.Best(best.value() * 1.00001, best.plan());
              case Verdict.Nothing nothing -> nothing;
            };
    Tally tally = BruteForceMain.run(boastful, 50, 1, out);
    assertThat(tally.optimum()).isZero();
    assertThat(text()).contains("the tree is worth");
  }

  @Test
  void sameSeedIsTheSameInstance() {
    for (int seed = 1; seed < 20; seed++) {
      assertThat(RandomInstances.of(seed)).isEqualTo(RandomInstances.of(seed));
    }
  }

  @Test
  void ruledPlanIsWorthItsValue() {
    for (int seed = 1; seed < 100; seed++) {
      Instance instance = RandomInstances.of(seed);
      if (BruteForce.werner(instance).verdict() instanceof Verdict.Best best) {
        assertThat(PlanCheck.flaw(instance, best)).isEqualTo(Optional.empty());
      }
    }
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
