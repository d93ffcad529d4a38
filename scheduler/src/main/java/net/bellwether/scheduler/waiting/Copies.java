package net.bellwether.scheduler.waiting;

import java.util.LinkedHashMap;
import java.util.Map;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.id.LinkId;

/// The modes of a link, shared equally among the elementary pairs that a plan takes of it at once.
final class Copies {
  private final Map<LinkId, Integer> copies = new LinkedHashMap<>();
  private final double memoryShare;

  Copies(Plan plan, double memoryShare) {
    this.memoryShare = memoryShare;
    count(plan);
  }

  private void count(Plan plan) {
    switch (plan) {
      case Plan.Generate generate -> copies.merge(generate.link(), 1, Integer::sum);
      case Plan.Swap swap -> {
        count(swap.leftPart());
        count(swap.rightPart());
      }
      case Plan.Purify purify -> {
        count(purify.kept());
        count(purify.sacrificed());
      }
      case Plan.Relay relay ->
          throw new IllegalArgumentException(
              "plan must make pairs; the relay at " + relay.at() + " makes keys");
    }
  }

  /// When one elementary pair comes.
  FirstSuccess first(LinkMode mode) {
    int wanted = copies.getOrDefault(mode.link(), 1);
    int modes = mode.multiplexingOf(memoryShare) / wanted;
    double p = mode.attemptSuccessProbability();
    if (modes < 1) {
      throw new IllegalArgumentException(
          "multiplexing (%d) of link %s must be at least %d, one mode for each pair that the plan holds of it at once"
              .formatted(mode.multiplexingOf(memoryShare), mode.link(), wanted));
    }
    if (!(p > 0)) {
      throw new IllegalArgumentException(
          "attemptSuccessProbability (%s) of link %s must be above 0".formatted(p, mode.link()));
    }
    return new FirstSuccess(
        -StrictMath.expm1(modes * StrictMath.log1p(-p)), mode.attemptPeriodPicos());
  }
}
