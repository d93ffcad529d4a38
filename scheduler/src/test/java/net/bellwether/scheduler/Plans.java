package net.bellwether.scheduler;

import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.rules.Rounds;

/// Plans and grants in few words.
final class Plans {
  private Plans() {}

  static Plan link(NetworkView view, String link, String mode) {
    LinkMode found = view.linkMode(LinkId.of(link), mode);
    return new Plan.Generate(found.link(), mode, found.a(), found.b());
  }

  static Plan swap(Plan left, Plan right) {
    return new Plan.Swap(left, right, left.right());
  }

  static Plan purify(Plan plan, PurificationProtocol protocol) {
    return new Plan.Purify(plan, plan, protocol);
  }

  static Grant grant(long attemptMicros, long periodMicros, int count) {
    return new Grant(
        new Rounds(5_000_000_000L, attemptMicros * 1_000_000, periodMicros * 1_000_000, count), 1);
  }
}
