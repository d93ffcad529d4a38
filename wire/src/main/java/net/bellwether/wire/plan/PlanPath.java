package net.bellwether.wire.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.id.LinkId;

/// The links that a plan joins one behind the other.
final class PlanPath {
  private PlanPath() {}

  /// Empty where the plan purifies pairs of different paths with each other.
  static Optional<List<LinkId>> find(Plan plan) {
    return switch (plan) {
      case Plan.Generate generate -> Optional.of(List.of(generate.link()));
      case Plan.Swap swap -> joined(swap.leftPart(), swap.rightPart());
      case Plan.Relay relay -> joined(relay.leftPart(), relay.rightPart());
      case Plan.Purify purify -> {
        Optional<List<LinkId>> kept = find(purify.kept());
        yield purify.kept().equals(purify.sacrificed()) || kept.equals(find(purify.sacrificed()))
            ? kept
            : Optional.empty();
      }
    };
  }

  private static Optional<List<LinkId>> joined(Plan left, Plan right) {
    return find(left)
        .flatMap(
            some -> find(right).map(more -> Stream.concat(some.stream(), more.stream()).toList()));
  }
}
