package net.bellwether.scheduler.waiting;

import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;

/// How long a plan's messages travel, along its links.
record News(NetworkView view) {
  /// From one end of the plan to the other.
  long acrossPicos(Plan plan) {
    return switch (plan) {
      case Plan.Generate generate ->
          view.linkMode(generate.link(), generate.mode()).classicalLatencyPicos();
      case Plan.Swap swap -> acrossPicos(swap.leftPart()) + acrossPicos(swap.rightPart());
      case Plan.Purify purify ->
          Math.max(acrossPicos(purify.kept()), acrossPicos(purify.sacrificed()));
      case Plan.Relay relay -> throw new IllegalStateException("relay at " + relay.at());
    };
  }

  /// From an operation to the end that learns of it last.
  long picos(Plan.Swap swap) {
    return Math.max(acrossPicos(swap.leftPart()), acrossPicos(swap.rightPart()));
  }

  /// Both ends tell each other their outcomes.
  long picos(Plan.Purify purify) {
    return acrossPicos(purify);
  }
}
