package net.bellwether.simulation.agreement;

import net.bellwether.scheduler.plan.Plan;

/// A plan on one line: `l0(m)` is an elementary pair of link l0 in mode m, `(P n1 Q)` a swap at n1,
/// `D P` and `B P` purify two pairs of P by DEJMPS and BBPSSW, `D[P, Q]` one of P with one of Q.
final class PlanLine {
  private PlanLine() {}

  static String of(Plan plan) {
    return switch (plan) {
      case Plan.Generate generate -> generate.link() + "(" + generate.mode() + ")";
      case Plan.Swap swap ->
          "(" + of(swap.leftPart()) + " " + swap.at() + " " + of(swap.rightPart()) + ")";
      case Plan.Purify purify -> {
        char protocol = purify.protocol().name().charAt(0);
        yield purify.kept().equals(purify.sacrificed())
            ? protocol + " " + of(purify.kept())
            : protocol + "[" + of(purify.kept()) + ", " + of(purify.sacrificed()) + "]";
      }
      case Plan.Relay relay ->
          "(" + of(relay.leftPart()) + " relay " + relay.at() + " " + of(relay.rightPart()) + ")";
    };
  }
}
