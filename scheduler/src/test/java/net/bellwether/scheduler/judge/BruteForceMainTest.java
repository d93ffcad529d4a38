package net.bellwether.scheduler.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.bellwether.scheduler.judge.BruteForceMain.Tally;
import net.bellwether.scheduler.judge.Instance.PlanClass;
import net.bellwether.scheduler.judge.Instance.StateModel;
import org.junit.jupiter.api.Test;

class BruteForceMainTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void largerTreesNeverContradictWhatIsCalledCertain() {
    Tally tally = BruteForceMain.run(new Reference(), StateModel.WERNER, 60, 1, out);
    assertThat(tally.wrong()).as(text()).isZero();
    assertThat(tally.optimum()).isEqualTo(60);
    assertThat(text()).endsWith(tally + System.lineSeparator());
  }

  @Test
  void solverThatFindsNothingIsWrongWhereverThereIsAPlan() {
    Tally tally = BruteForceMain.run(_ -> new Verdict.Nothing(), StateModel.WERNER, 20, 1, out);
    assertThat(tally.optimum()).isZero();
    assertThat(tally.wrong()).isEqualTo(20);
    assertThat(text()).contains("found nothing but there is");
  }

  @Test
  void solverThatOnlyPurifiesEqualPairsIsFoundOut() {
    var reference = new Reference();
    Judged narrow = instance -> reference.answer(instance.inClass(PlanClass.NESTED));
    Tally tally = BruteForceMain.run(narrow, StateModel.WERNER, 60, 1, out);
    assertThat(tally.wrong()).isPositive();
    assertThat(text()).contains("bound excludes");
  }

  @Test
  void untwirledStatesAreComparedToo() {
    Tally tally = BruteForceMain.run(new Reference(), StateModel.BELL_DIAGONAL, 20, 1, out);
    assertThat(tally.optimum()).isEqualTo(20);
  }

  /// A claim is checked against its own tree, whatever the ruling.
  @Test
  void answerThatClaimsMoreThanItsTreeGivesIsWrong() {
    var reference = new Reference();
    Judged boastful =
        instance ->
            switch (reference.answer(instance)) {
              case Verdict.Best best -> Verdict.Best.proven(best.value() * 1.00001, best.plan());
              case Verdict.Nothing nothing -> nothing;
              case Verdict.Undecided undecided -> undecided;
            };
    Tally tally = BruteForceMain.run(boastful, StateModel.WERNER, 20, 1, out);
    assertThat(tally.optimum()).isZero();
    assertThat(text()).contains("the tree is worth");
  }

  /// What is not claimed to be the best need not be; its bound must leave room for what is.
  @Test
  void answerWithAGapIsJudgedByItsBound() {
    var reference = new Reference();
    Tally open = BruteForceMain.run(widened(reference, 1.01), StateModel.WERNER, 20, 1, out);
    assertThat(open.wrong()).isZero();
    assertThat(open.unproven()).isEqualTo(20);
    Tally tooSure = BruteForceMain.run(widened(reference, 0.99), StateModel.WERNER, 20, 1, out);
    assertThat(tooSure.wrong()).isEqualTo(20);
    assertThat(text()).contains("bound excludes");
  }

  private static Judged widened(Judged solver, double factor) {
    return instance ->
        switch (solver.answer(instance)) {
          case Verdict.Best best -> {
            boolean down = instance.objective().smallerIsBetter();
            double bound = down ? best.value() / factor : best.value() * factor;
            yield new Verdict.Best(best.value(), bound, best.plan());
          }
          case Verdict.Nothing nothing -> nothing;
          case Verdict.Undecided undecided -> undecided;
        };
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
      if (BruteForce.rule(instance).verdict() instanceof Verdict.Best best) {
        assertThat(PlanCheck.flaw(instance, best)).isEqualTo(Optional.empty());
      }
    }
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
