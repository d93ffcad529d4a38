package net.bellwether.scheduler;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import net.bellwether.scheduler.AdmissionOutcome.Admitted;
import net.bellwether.scheduler.AdmissionOutcome.Refused;
import net.bellwether.scheduler.PlanOutcome.Rejected;
import net.bellwether.scheduler.Timetable.Gap;
import net.bellwether.scheduler.request.Reason;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.solver.NetworkSnapshot;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.rules.Rounds;

/// Finds room for a request beside what is promised already. Pure.
public final class Admission {
  /// An offer is a rounded figure of the same arithmetic that must later admit it.
  private static final double ROUNDING = 1e-9;

  /// Offered fidelities are rounded down to this, so that they hold when they are asked for.
  private static final double FIDELITY_STEP = 1e-3;

  /// Paths tried beyond the best ones when those have no room.
  private static final int MAX_DETOURS = 3;

  private Admission() {}

  /// Admits `request` at `pairsPerSecond` of delivered pairs, with the fewest rounds that deliver
  /// them, in the first piece of free time that has room; 0 asks for all of the piece that delivers
  /// most. To re-plan a flow that holds something already, pass `timetable.without(flow)`.
  public static AdmissionOutcome admit(
      NetworkView view, Timetable timetable, Request request, double pairsPerSecond) {
    if (!(pairsPerSecond >= 0 && pairsPerSecond < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "pairsPerSecond (" + pairsPerSecond + ") must be at least 0 and finite");
    }
    NetworkView remaining = remaining(view, timetable);
    return switch (PlanRanking.of(NetworkSnapshot.of(remaining), remaining, request)) {
      case PlanRanking.None none -> refused(view, timetable, request, none.rejected());
      case PlanRanking.Unrunnable unrunnable -> unrunnable(unrunnable.fluid());
      case PlanRanking.Ranked ranked ->
          place(view, remaining, timetable, request, ranked, pairsPerSecond);
    };
  }

  /// The view with what flows hold taken away, so that the search prefers idle links.
  private static NetworkView remaining(NetworkView view, Timetable timetable) {
    return view.mapLinkModes(mode -> remaining(mode, timetable));
  }

  private static LinkMode remaining(LinkMode mode, Timetable timetable) {
    return mode.withFreeShare(Math.min(mode.freeShare(), timetable.longestFreeShare(mode.link())));
  }

  private static AdmissionOutcome place(
      NetworkView view,
      NetworkView remaining,
      Timetable timetable,
      Request request,
      PlanRanking.Ranked ranked,
      double pairsPerSecond) {
    Optional<Placed> best = Optional.empty();
    List<PlanRanking.Entry> entries = ranked.entries();
    Set<LinkId> excluded = new LinkedHashSet<>(request.limits().excludedLinks());
    // The search knows how much of a link is free, not when. Where that does not fit together, the
    // fullest link is avoided next.
    for (int detour = 0; detour <= MAX_DETOURS && !entries.isEmpty(); detour++) {
      for (PlanRanking.Entry entry : entries) {
        for (Placed all : placements(view, timetable, request, entry)) {
          double delivered = all.evaluation().pairsPerSecond();
          if (pairsPerSecond > 0 && delivered >= pairsPerSecond * (1 - ROUNDING)) {
            return admitted(view, ranked, all.atLeast(pairsPerSecond));
          }
          if (best.isEmpty() || delivered > best.get().evaluation().pairsPerSecond()) {
            best = Optional.of(all);
          }
        }
      }
      if (pairsPerSecond == 0 && best.isPresent()) {
        return admitted(view, ranked, best.get());
      }
      entries =
          excluded.add(fullest(timetable, entries.getFirst()))
                  && PlanRanking.of(
                          NetworkSnapshot.of(remaining),
                          remaining,
                          withExcludedLinks(request, excluded))
                      instanceof PlanRanking.Ranked others
              ? others.entries()
              : List.of();
    }
    return missing(request, timetable, best, pairsPerSecond);
  }

  private static LinkId fullest(Timetable timetable, PlanRanking.Entry entry) {
    return entry.staged().links().stream()
        .map(LinkMode::link)
        .max(Comparator.comparingDouble(timetable::committedShare))
        .orElseThrow();
  }

  private static Refused missing(
      Request request, Timetable timetable, Optional<Placed> best, double pairsPerSecond) {
    if (best.isEmpty()) {
      return new Refused(
          "no piece of the frame is free on all links and nodes of any plan between %s and %s"
              .formatted(request.from(), request.to()),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          Reason.NO_CAPACITY);
    }
    double offer = best.get().evaluation().pairsPerSecond();
    LinkId fullest = fullest(timetable, best.get().entry());
    return new Refused(
        String.format(
            Locale.ROOT,
            "%.6g pairs a second between %s and %s need more time of link %s than is free (%.0f %% of"
                + " it is held); %.6g are possible now",
            pairsPerSecond,
            request.from(),
            request.to(),
            fullest,
            100 * timetable.committedShare(fullest),
            offer),
        OptionalDouble.of(offer),
        OptionalDouble.empty(),
        Reason.NO_CAPACITY);
  }

  /// A plan in a piece of free time, with all rounds that fit.
  private record Placed(PlanRanking.Entry entry, Grant grant, Evaluation evaluation) {
    /// The fewest rounds that deliver the rate.
    Placed atLeast(double pairsPerSecond) {
      Rounds all = grant.rounds();
      double each = evaluation.pairsPerSecond() / all.count();
      int count = Math.clamp((long) Math.ceil(pairsPerSecond / each - ROUNDING), 1, all.count());
      Rounds fewer = new Rounds(all.startPicos(), all.attemptPicos(), all.periodPicos(), count);
      return new Placed(entry, new Grant(fewer, grant.memoryShare()), evaluation);
    }
  }

  private static List<Placed> placements(
      NetworkView view, Timetable timetable, Request request, PlanRanking.Entry entry) {
    double memoryShare = entry.choice().grant().memoryShare();
    var planner = new RoundPlanner(entry.staged(), view, memoryShare);
    return timetable.freeGaps(entry.staged(), memoryShare, view).stream()
        .map((Gap gap) -> place(planner, gap, request))
        .flatMap(Optional::stream)
        .map(choice -> new Placed(entry, choice.grant(), choice.evaluation()))
        .toList();
  }

  private static Optional<RoundPlanner.Choice> place(
      RoundPlanner planner, Gap gap, Request request) {
    return planner.best(
        gap.startPicos(), gap.lengthPicos(), request.objective(), request.minFidelity());
  }

  private static Admitted admitted(NetworkView view, PlanRanking.Ranked ranked, Placed placed) {
    PlanOutcome.Planned planned = ranked.planned(placed.entry());
    return new Admitted(
        planned.plan(),
        placed.grant(),
        Evaluator.evaluate(placed.entry().staged(), view, placed.grant()),
        planned);
  }

  private static Refused unrunnable(PlanOutcome.Fluid fluid) {
    return new Refused(
        "node agents cannot run the best plan: " + fluid.reason(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Reason.NO_CAPACITY);
  }

  private static Refused refused(
      NetworkView view, Timetable timetable, Request request, Rejected rejected) {
    if (rejected.reason() == Reason.FIDELITY_UNREACHABLE
        && rejected.reachableFidelity().isPresent()) {
      double offered =
          Math.floor(rejected.reachableFidelity().getAsDouble() / FIDELITY_STEP) * FIDELITY_STEP;
      if (offered > 0.5) {
        // Only what would be admitted is offered.
        if (admit(view, timetable, request.withMinFidelity(offered), 0)
            instanceof Admitted admitted) {
          return new Refused(
              rejected.detail(),
              OptionalDouble.of(admitted.evaluation().pairsPerSecond()),
              OptionalDouble.of(offered),
              rejected.reason());
        }
      }
    }
    return new Refused(
        rejected.detail(), OptionalDouble.empty(), OptionalDouble.empty(), rejected.reason());
  }

  private static Request withExcludedLinks(Request request, Set<LinkId> excludedLinks) {
    return request.with(
        request.limits().excluding(excludedLinks, request.limits().excludedNodes()));
  }
}
