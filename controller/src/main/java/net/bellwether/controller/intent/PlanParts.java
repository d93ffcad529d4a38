package net.bellwether.controller.intent;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// The nodes and the link modes that a plan uses, in the order it names them.
record PlanParts(SequencedSet<NodeId> nodes, SequencedSet<UsedMode> modes) {
  /// A link in one of its generation modes.
  record UsedMode(LinkId link, String mode) {}

  static PlanParts of(Plan plan) {
    PlanParts parts = new PlanParts(new LinkedHashSet<>(), new LinkedHashSet<>());
    parts.add(plan);
    return parts;
  }

  private void add(Plan plan) {
    switch (plan) {
      case Plan.Generate(LinkId link, String mode, NodeId left, NodeId right) -> {
        nodes.add(left);
        nodes.add(right);
        modes.add(new UsedMode(link, mode));
      }
      case Plan.Swap swap -> {
        add(swap.leftPart());
        add(swap.rightPart());
      }
      case Plan.Purify purify -> {
        add(purify.kept());
        add(purify.sacrificed());
      }
      case Plan.Relay relay -> {
        add(relay.leftPart());
        add(relay.rightPart());
      }
    }
  }
}
