package net.bellwether.scheduler.solver;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// What a plan is made of.
final class Plans {
  private Plans() {}

  static List<Plan.Generate> leaves(Plan plan) {
    List<Plan.Generate> leaves = new ArrayList<>();
    collect(plan, leaves);
    return leaves;
  }

  private static void collect(Plan plan, List<Plan.Generate> leaves) {
    switch (plan) {
      case Plan.Generate generate -> leaves.add(generate);
      case Plan.Swap swap -> {
        collect(swap.leftPart(), leaves);
        collect(swap.rightPart(), leaves);
      }
      case Plan.Purify purify -> {
        collect(purify.kept(), leaves);
        collect(purify.sacrificed(), leaves);
      }
      case Plan.Relay relay -> {
        collect(relay.leftPart(), leaves);
        collect(relay.rightPart(), leaves);
      }
    }
  }

  static Set<LinkId> links(Plan plan) {
    Set<LinkId> links = new LinkedHashSet<>();
    leaves(plan).forEach(leaf -> links.add(leaf.link()));
    return links;
  }

  /// All nodes that the plan touches.
  static Set<NodeId> nodes(Plan plan) {
    Set<NodeId> nodes = new LinkedHashSet<>();
    for (Plan.Generate leaf : leaves(plan)) {
      nodes.add(leaf.left());
      nodes.add(leaf.right());
    }
    return nodes;
  }
}
