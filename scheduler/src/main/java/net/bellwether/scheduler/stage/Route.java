package net.bellwether.scheduler.stage;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.id.NodeId;

/// Which nodes a plan passes, in the order of its first path; and what no rules can be made for.
final class Route {
  private Route() {}

  static Set<NodeId> nodes(Plan plan) {
    Set<NodeId> nodes = new LinkedHashSet<>();
    collect(plan, nodes);
    return nodes;
  }

  private static void collect(Plan plan, Set<NodeId> nodes) {
    switch (plan) {
      case Plan.Generate generate -> {
        nodes.add(generate.left());
        nodes.add(generate.right());
      }
      case Plan.Swap swap -> {
        collect(swap.leftPart(), nodes);
        collect(swap.rightPart(), nodes);
      }
      case Plan.Purify purify -> {
        collect(purify.kept(), nodes);
        collect(purify.sacrificed(), nodes);
      }
      case Plan.Relay relay -> {
        collect(relay.leftPart(), nodes);
        collect(relay.rightPart(), nodes);
      }
    }
  }

  /// It relays keys, or two parts that it swaps meet elsewhere too. The two sub-plans of a
  /// purification may share what they like.
  static Optional<String> refusal(Plan plan) {
    return switch (plan) {
      case Plan.Generate _ -> Optional.empty();
      case Plan.Swap swap ->
          refusal(swap.leftPart()).or(() -> refusal(swap.rightPart())).or(() -> meeting(swap));
      case Plan.Purify purify ->
          purify.kept().equals(purify.sacrificed())
              ? refusal(purify.kept())
              : refusal(purify.kept()).or(() -> refusal(purify.sacrificed()));
      case Plan.Relay relay -> Optional.of("it relays keys at " + relay.at());
    };
  }

  private static Optional<String> meeting(Plan.Swap swap) {
    Set<NodeId> both = nodes(swap.leftPart());
    both.retainAll(nodes(swap.rightPart()));
    both.remove(swap.at());
    return both.stream().findFirst().map(node -> "its path passes " + node + " twice");
  }
}
