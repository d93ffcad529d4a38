package net.bellwether.scheduler.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import net.bellwether.scheduler.judge.Instance.Objective;
import net.bellwether.scheduler.plan.Plan;
import org.junit.jupiter.api.Test;

/// The enumeration against every tree written out as a plan, each worked out from its tree alone.
class EnumerationTest {
  private static final int LEAVES = 4;
  private static final int NETWORKS = 150;

  @Test
  void nothingThatIsLeftOutCouldHaveWon() {
    int feasible = 0;
    for (int seed = 1; feasible < NETWORKS; seed++) {
      Instance instance = RandomInstances.of(seed);
      var setting = new Setting(instance);
      if (setting.nodeCount > 5 || setting.leaves.size() > 8) {
        continue;
      }
      double best = bestOfAll(setting);
      var states = new WernerStates(setting.operations);
      for (boolean undominated : new boolean[] {false, true}) {
        var contest = new Contest(setting, states, 1);
        var enumeration =
            new Enumeration(setting, states, LEAVES, undominated, contest, Long.MAX_VALUE);
        assertThat(enumeration.run()).isTrue();
        assertThat(contest.won()).as(instance.text()).isEqualTo(!Double.isNaN(best));
        if (contest.won()) {
          assertThat(contest.value()).as(instance.text()).isCloseTo(best, within(best * 1e-12));
          var claim = new Verdict.Best(contest.value(), enumeration.winner().orElseThrow());
          assertThat(PlanCheck.flaw(instance, claim)).isEqualTo(Optional.empty());
          feasible++;
        }
      }
    }
  }

  /// NaN where no tree will do.
  private static double bestOfAll(Setting setting) {
    Instance instance = setting.instance;
    double best = Double.NaN;
    for (int leaves = 1; leaves <= LEAVES; leaves++) {
      for (Plan plan : EveryPlan.of(setting, setting.from, setting.to, leaves)) {
        double value = PlanCheck.value(instance, plan);
        boolean good = PlanCheck.flaw(instance, new Verdict.Best(value, plan)).isEmpty();
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
