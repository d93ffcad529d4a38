package net.bellwether.scheduler.solver;

import java.util.HashMap;
import java.util.Map;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;

/// The plan of a label, from its ends as they were asked for. Equal labels become one sub-plan.
final class PlanBuilder {
  private final NetworkSnapshot snapshot;
  private final Labels labels;
  private final Map<Long, Plan> built = new HashMap<>();

  PlanBuilder(NetworkSnapshot snapshot, Labels labels) {
    this.snapshot = snapshot;
    this.labels = labels;
  }

  /// The plan of `label` seen from node `left`.
  Plan plan(int label, int left) {
    long key = 2L * label + (labels.u[label] == left ? 0 : 1);
    Plan known = built.get(key);
    if (known == null) {
      known = make(label, left);
      built.put(key, known);
    }
    return known;
  }

  private Plan make(int label, int left) {
    int right = labels.other(label, left);
    if (labels.isGenerated(label)) {
      LinkMode mode = snapshot.origin(labels.mode(label));
      return new Plan.Generate(mode.link(), mode.mode(), snapshot.node(left), snapshot.node(right));
    }
    int one = labels.left[label];
    int other = labels.right[label];
    if (labels.how[label] < 0) {
      PurificationProtocol protocol =
          labels.how[label] == Labels.BBPSSW
              ? PurificationProtocol.BBPSSW
              : PurificationProtocol.DEJMPS;
      return new Plan.Purify(plan(one, left), plan(other, left), protocol);
    }
    int at = labels.how[label];
    NodeId node = snapshot.node(at);
    boolean oneIsLeft = labels.other(one, at) == left;
    int leftPart = oneIsLeft ? one : other;
    int rightPart = oneIsLeft ? other : one;
    return new Plan.Swap(plan(leftPart, left), plan(rightPart, at), node);
  }
}
