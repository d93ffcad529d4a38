package net.bellwether.scheduler.judge;

import static org.assertj.core.api.Assertions.assertThat;

import net.bellwether.scheduler.plan.Plan;
import org.junit.jupiter.api.Test;

/// The bounds that speak of large trees, on small ones.
class RelaxationTest {
  private static final int LEAVES = 4;
  private static final int NETWORKS = 60;
  private static final int LEVELS = 40;

  @Test
  void noTreeIsPurerThanTheBoundOfItsCostAndLeaves() {
    int checked = 0;
    for (int seed = 1; checked < NETWORKS; seed++) {
      Instance instance = RandomInstances.of(seed);
      var setting = new Setting(instance);
      boolean small = setting.nodeCount <= 5 && setting.leaves.size() <= 8;
      if (small && BruteForce.connected(setting)) {
        check(setting);
        checked++;
      }
    }
  }

  private static void check(Setting setting) {
    Instance instance = setting.instance;
    double step = setting.distance[setting.from][setting.to] / 3 + 1e-9;
    var states = new WernerStates(setting.operations);
    var bounds = new Relaxation(setting, states, step, LEVELS, LEAVES);
    var attainable = new Relaxation(setting, states, Double.POSITIVE_INFINITY, 1, 1);
    for (int leaves = 1; leaves <= LEAVES; leaves++) {
      for (Plan plan : EveryPlan.of(setting, setting.from, setting.to, leaves)) {
        PlanCheck.Figures figures = PlanCheck.figures(instance, plan);
        double w = WernerStates.ofFidelity(figures.fidelity());
        boolean allowed = figures.hops() <= instance.maxHops() && figures.visitsAll(instance);
        if (allowed && w > 1.0 / 3) {
          double margin = Relaxation.MARGIN;
          assertThat(w).isLessThanOrEqualTo(attainable.best(0, 1) + margin);
          int level = (int) (figures.cost() / step);
          if (level < LEVELS) {
            assertThat(w)
                .as("%s%n%s", instance.text(), plan)
                .isLessThanOrEqualTo(bounds.best(level, leaves) + margin);
          }
        }
      }
    }
  }
}
