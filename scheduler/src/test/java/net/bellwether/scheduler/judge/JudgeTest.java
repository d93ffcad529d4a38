package net.bellwether.scheduler.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import net.bellwether.scheduler.judge.Instance.PlanClass;
import net.bellwether.scheduler.judge.Instance.StateModel;
import net.bellwether.scheduler.judge.Judgement.Tally;
import org.junit.jupiter.api.Test;

/// The judge before solvers that are known to be right or wrong.
class JudgeTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void largerTreesNeverContradictWhatIsCalledCertain() {
    Tally tally = Judgement.run(new Reference(), RandomInstances.from(1), 60, out);
    assertThat(tally.wrong()).as(text()).isZero();
    assertThat(tally.optimum()).isEqualTo(60);
    assertThat(text()).endsWith(tally + System.lineSeparator());
  }

  @Test
  void solverThatFindsNothingIsWrongWhereverThereIsAPlan() {
    Tally tally = Judgement.run(_ -> new Verdict.Nothing(), RandomInstances.from(1), 20, out);
    assertThat(tally.optimum()).isZero();
    assertThat(tally.wrong()).isEqualTo(20);
    assertThat(text()).contains("found nothing but there is");
  }

  @Test
  void solverThatOnlyPurifiesEqualPairsIsFoundOut() {
    var reference = new Reference();
    Judged narrow = instance -> reference.answer(instance.inClass(PlanClass.NESTED));
    Tally tally = Judgement.run(narrow, RandomInstances.from(1), 60, out);
    assertThat(tally.wrong()).isPositive();
    assertThat(text()).contains("bound excludes");
  }

  @Test
  void untwirledStatesAreComparedToo() {
    Iterator<Instance> untwirled =
        Stream.iterate(1L, last -> last + 1)
            .map(RandomInstances::of)
            .map(drawn -> drawn.on(drawn.view(), StateModel.BELL_DIAGONAL))
            .iterator();
    Tally tally = Judgement.run(new Reference(), untwirled, 20, out);
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
    Tally tally = Judgement.run(boastful, RandomInstances.from(1), 20, out);
    assertThat(tally.optimum()).isZero();
    assertThat(text()).contains("the tree is worth");
  }

  /// What is not claimed to be the best need not be; its bound must leave room for what is.
  @Test
  void answerWithAGapIsJudgedByItsBound() {
    var reference = new Reference();
    Tally open = Judgement.run(widened(reference, 1.01), RandomInstances.from(1), 20, out);
    assertThat(open.wrong()).isZero();
    assertThat(open.unproven()).isEqualTo(20);
    Tally tooSure = Judgement.run(widened(reference, 0.99), RandomInstances.from(1), 20, out);
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
