package net.bellwether.scheduler;

import java.util.OptionalDouble;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Reason;

/// Whether the network can take on a request now.
public sealed interface AdmissionOutcome {
  /// It can: hold `grant` of `plan` in the timetable and it will deliver `evaluation`. `planned` is
  /// the planner's answer that this comes from, with the plan's bound and gap if it had all free
  /// time.
  record Admitted(Plan plan, Grant grant, Evaluation evaluation, PlanOutcome.Planned planned)
      implements AdmissionOutcome {}

  /// It cannot. `missing` says what of; the offers, where there are any, say what would be admitted
  /// now: the same request with `offeredMinFidelity` for its floor (if that is what is missing) and
  /// `offeredPairsPerSecond` for its rate.
  record Refused(
      String missing,
      OptionalDouble offeredPairsPerSecond,
      OptionalDouble offeredMinFidelity,
      Reason reason)
      implements AdmissionOutcome {}
}
