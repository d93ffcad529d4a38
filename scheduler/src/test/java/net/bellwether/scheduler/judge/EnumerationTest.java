package net.bellwether.scheduler.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import net.bellwether.scheduler.judge.Instance.Objective;
import net.bellwether.scheduler.judge.Instance.StateModel;
import net.bellwether.scheduler.plan.Plan;
import org.junit.jupiter.api.Test;

/// The enumeration against every tree written out as a plan, each worked out from its tree alone.
class EnumerationTest {
  private static final int WERNER_LEAVES = 4;
  private static final int BELL_LEAVES = 3;
  private static final int NETWORKS = 150;

  @Test
  void nothingThatIsLeftOutCouldHaveWon() {
    compare(StateModel.WERNER, false, WERNER_LEAVES);
  }

  @Test
  void nothingThatIsOutdoneCouldHaveWon() {
    compare(StateModel.WERNER, true, WERNER_LEAVES);
  }

  @Test
  void nothingUntwirledThatIsLeftOutCouldHaveWon() {
    compare(StateModel.BELL_DIAGONAL, false, BELL_LEAVES);
  }

  private static void compare(StateModel model, boolean undominated, int leaves) {
    int feasible = 0;
    for (int seed = 1; feasible < NETWORKS; seed++) {
      Instance drawn = RandomInstances.of(seed);
      Instance instance = drawn.on(drawn.view(), model);
      var setting = new Setting(instance);
      if (setting.nodeCount > 5 || setting.leaves.size() > 8) {
        continue;
      }
      double best = bestOfAll(setting, leaves);
      States states = model.over(setting.operations);
      var contest = new Contest(setting, states, 1);
      var enumeration =
          new Enumeration(setting, states, leaves, undominated, contest, Long.MAX_VALUE);
      assertThat(enumeration.run()).isTrue();
      assertThat(contest.won()).as(instance.text()).isEqualTo(!Double.isNaN(best));
      if (contest.won()) {
        assertThat(contest.value()).as(instance.text()).isCloseTo(best, within(best * 1e-12));
        var claim = Verdict.Best.proven(contest.value(), enumeration.winner().orElseThrow());
        assertThat(PlanCheck.flaw(instance, claim)).isEqualTo(Optional.empty());
        feasible++;
      }
    }
  }

  /// NaN where no tree will do.
  private static double bestOfAll(Setting setting, int most) {
    Instance instance = setting.instance;
    double best = Double.NaN;
    for (int leaves = 1; leaves <= most; leaves++) {
      for (Plan plan : EveryPlan.of(setting, setting.from, setting.to, leaves)) {
        double value = PlanCheck.value(instance, plan);
        boolean good = PlanCheck.flaw(instance, Verdict.Best.proven(value, plan)).isEmpty();
        boolean worthless =
            value <= (instance.objective() == Objective.FIDELITY ? 0.5 : 0)
                && !instance.objective().smallerIsBetter();
        if (good && !worthless) {
          best =
              Double.isNaN(best)
                  ? value
                  : instance.objective().smallerIsBetter()
                      ? Math.min(best, value)
                      : Math.max(best, value);
        }
      }
    }
    return best;
  }
}
