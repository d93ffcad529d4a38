package net.bellwether.scheduler.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.stream.LongStream;
import net.bellwether.scheduler.judge.Instance.Objective;
import net.bellwether.scheduler.judge.Instance.PlanClass;
import net.bellwether.scheduler.judge.Instance.StateModel;
import net.bellwether.scheduler.judge.Judgement.Tally;
import org.junit.jupiter.api.Test;

/// The solver before the judge: a short share in every build, and as much as one likes by
///
///     ./mvnw -pl scheduler -am test -Dtest=JudgementTest -Dsurefire.failIfNoSpecifiedTests=false \
///         -Dbellwether.judge.count=5000
///
/// `bellwether.judge.seed` is the seed of the first instance; `bellwether.judge.budget` is the work
/// budget of each answer. Prints the counts.
class JudgementTest {
  private static final long SHARE = 50;
  private static final long BUDGET = Long.getLong("bellwether.judge.budget", 200_000);

  private static final long SMALL_BUDGET = 100;

  /// Untwirled instances take the longer, so there are fewer of them.
  private static final long TWIRLED_PER_UNTWIRLED = 10;

  private final long count = Long.getLong("bellwether.judge.count", SHARE);
  private final long seed = Long.getLong("bellwether.judge.seed", 1);

  @Test
  void solverFindsWhatBruteForceFinds() {
    Tally tally = judge(RandomInstances.from(seed), count);
    assertThat(tally.wrong()).isZero();
    assertThat(tally.optimum()).isEqualTo(count);
    assertThat(tally.infeasible()).isPositive();
  }

  /// Of larger trees the judge knows no more than that they cost more, so only the cheapest plan
  /// can be certain.
  @Test
  void solverFindsWhatBruteForceFindsOfUntwirledStates() {
    long untwirled = Math.max(1, count / TWIRLED_PER_UNTWIRLED);
    Tally tally = judge(untwirled(PlanClass.NESTED), untwirled);
    assertThat(tally.wrong()).isZero();
    assertThat(tally.optimum()).isPositive();
  }

  /// Where the budget ends, the bound is all that is promised.
  @Test
  void boundOfASmallBudgetLeavesRoomForWhatBruteForceFinds() {
    Tally tally =
        Judgement.run(
            new SolverJudged(SMALL_BUDGET), RandomInstances.from(seed), SHARE, System.out);
    assertThat(tally.wrong()).isZero();
    assertThat(tally.unproven()).isPositive();
  }

  private Iterator<Instance> untwirled(PlanClass planClass) {
    return LongStream.iterate(seed, last -> last + 1)
        .mapToObj(RandomInstances::of)
        .filter(instance -> instance.objective() == Objective.CHEAPEST)
        .map(instance -> instance.on(instance.view(), StateModel.BELL_DIAGONAL).inClass(planClass))
        .iterator();
  }

  private static Tally judge(Iterator<Instance> instances, long count) {
    return Judgement.run(new SolverJudged(BUDGET), instances, count, System.out);
  }
}
