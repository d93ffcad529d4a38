package net.bellwether.scheduler.judge;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.scheduler.judge.Instance.PlanClass;
import net.bellwether.scheduler.judge.Instance.StateModel;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.pair.PurificationProtocol;

/// Every tree of a number of leaves, written out as a plan: nothing shared, nothing left out.
final class EveryPlan {
  private EveryPlan() {}

  static List<Plan> of(Setting setting, int left, int right, int leaves) {
    List<Plan> plans = new ArrayList<>();
    if (leaves == 1) {
      for (int leaf = 0; leaf < setting.leafSpan.length; leaf++) {
        if (setting.leafSpan[leaf] == setting.span(left, right)) {
          LinkMode mode = setting.leaves.get(leaf);
          plans.add(
              new Plan.Generate(
                  mode.link(), mode.mode(), setting.ids.get(left), setting.ids.get(right)));
        }
      }
    }
    boolean nested = setting.instance.planClass() == PlanClass.NESTED;
    for (int part = 1; part < leaves; part++) {
      for (Plan kept : of(setting, left, right, part)) {
        for (Plan sacrificed : of(setting, left, right, leaves - part)) {
          if (!nested || kept.equals(sacrificed)) {
            plans.add(new Plan.Purify(kept, sacrificed, PurificationProtocol.BBPSSW));
            if (setting.instance.states() == StateModel.BELL_DIAGONAL) {
              plans.add(new Plan.Purify(kept, sacrificed, PurificationProtocol.DEJMPS));
            }
          }
        }
      }
      for (int node = 0; node < setting.nodeCount; node++) {
        if (setting.swaps[node] && node != left && node != right) {
          for (Plan one : of(setting, left, node, part)) {
            for (Plan other : of(setting, node, right, leaves - part)) {
              plans.add(new Plan.Swap(one, other, setting.ids.get(node)));
            }
          }
        }
      }
    }
    return plans;
  }
}
