package net.bellwether.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import net.bellwether.scheduler.PlanOutcome.Reason;
import net.bellwether.scheduler.PlanOutcome.Rejected;
import net.bellwether.scheduler.Request.Objective;
import net.bellwether.scheduler.search.Answer;
import net.bellwether.scheduler.search.Candidate;
import net.bellwether.scheduler.search.PlanSearch;
import net.bellwether.scheduler.search.Question;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;

/// Plans for a request that deliver what it asks, best delivered objective first; or why there are
/// none.
sealed interface PlanRanking {
  record Ranked(List<Entry> entries, double upperBound, long labels) implements PlanRanking {}

  record None(Rejected rejected) implements PlanRanking {}

  /// A plan with the rounds that suit it best if it had all free time.
  record Entry(Candidate candidate, StagedPlan staged, RoundPlanner.Choice choice) {}

  /// Delivered plans evaluated per search; more only reorder what is close.
  int MAX_EVALUATED = 48;

  /// Waiting and decay cost fidelity: so often is the floor of the search raised to make up for it.
  int MAX_RAISES = 6;

  static PlanRanking of(NetworkView view, Request request) {
    Optional<Rejected> impossible = impossible(view, request);
    if (impossible.isPresent()) {
      return new None(impossible.get());
    }
    Answer first = PlanSearch.answer(question(view, request, request.minFidelity()));
    Answer answer = first;
    double floor = request.minFidelity();
    double reached = 0;
    long labels = 0;
    for (int raise = 0; raise <= MAX_RAISES; raise++) {
      labels += answer.labels();
      if (answer.candidates().isEmpty()) {
        break;
      }
      Attempted attempted = deliver(view, request, answer.candidates());
      if (!attempted.entries().isEmpty()) {
        return new Ranked(attempted.entries(), first.upperBound(), labels);
      }
      reached = Math.max(reached, attempted.reachedFidelity());
      // What the best candidate lost by waiting, and a little, is what the next must have to spare.
      floor = Math.min(1, floor + Math.max(0.001, 1.1 * (request.minFidelity() - reached)));
      answer = PlanSearch.answer(question(view, request, floor));
    }
    return new None(unreachable(view, request, first, answer, reached));
  }

  private static Question question(NetworkView view, Request request, double floor) {
    return new Question(
        view,
        request.from(),
        request.to(),
        request.objective() == Objective.SECRET_KEY_RATE,
        floor,
        SessionWindow.LENGTH_PICOS / (double) NetworkTime.FRAME_PICOS,
        request.excludedLinks(),
        request.excludedNodes(),
        request.maxHops(),
        request.workBudget());
  }

  record Attempted(List<Entry> entries, double reachedFidelity) {}

  private static Attempted deliver(NetworkView view, Request request, List<Candidate> candidates) {
    List<Entry> entries = new ArrayList<>();
    double best = 0;
    double reached = 0;
    int evaluated = 0;
    for (Candidate candidate : candidates) {
      // Nothing delivers more than its fluid rate.
      if (candidate.value() <= best || evaluated++ == MAX_EVALUATED) {
        break;
      }
      StagedPlan staged = StagedPlan.of(candidate.plan(), view);
      var planner = new RoundPlanner(staged, view, candidate.memoryShare());
      long length = freeLength(staged);
      var choice =
          planner.best(
              SessionWindow.START_PICOS, length, request.objective(), request.minFidelity());
      if (choice.isPresent()) {
        entries.add(new Entry(candidate, staged, choice.get()));
        best = Math.max(best, choice.get().value(request.objective()));
      } else if (best == 0) {
        reached = Math.max(reached, finestFidelity(planner, length));
      }
    }
    entries.sort(
        Comparator.comparingDouble((Entry entry) -> entry.choice().value(request.objective()))
            .reversed());
    return new Attempted(entries, reached);
  }

  private static long freeLength(StagedPlan staged) {
    double free = 1;
    for (LinkMode mode : staged.path()) {
      free = Math.min(free, mode.freeShare());
    }
    return (long) (SessionWindow.LENGTH_PICOS * free);
  }

  private static double finestFidelity(RoundPlanner planner, long length) {
    return planner
        .finest(SessionWindow.START_PICOS, length)
        .map(choice -> choice.evaluation().state().fidelity())
        .orElse(0.0);
  }

  private static Optional<Rejected> impossible(NetworkView view, Request request) {
    for (NodeId end : List.of(request.from(), request.to())) {
      Optional<Node> node = view.findNode(end);
      if (node.isEmpty()) {
        return rejected(Reason.UNKNOWN_NODE, "node (" + end + ") is not in the network");
      }
      if (node.get().role() == NodeRole.REPEATER) {
        return rejected(
            Reason.NOT_AN_END,
            "node (%s) is a repeater; sessions begin and end at an end node or a trusted node"
                .formatted(end));
      }
      if (request.excludedNodes().contains(end)) {
        return rejected(Reason.NO_PATH, "node (" + end + ") is excluded by the request itself");
      }
    }
    return Optional.empty();
  }

  private static Optional<Rejected> rejected(Reason reason, String detail) {
    return Optional.of(new Rejected(reason, detail, OptionalDouble.empty()));
  }

  private static Rejected unreachable(
      NetworkView view, Request request, Answer first, Answer last, double reached) {
    String ends = request.from() + " and " + request.to();
    if (first.finest().isEmpty() && first.candidates().isEmpty()) {
      if (!first.complete()) {
        return exhausted(request, ends, OptionalDouble.empty());
      }
      return isConnected(view, request)
          ? new Rejected(
              Reason.NO_CAPACITY,
              "every path between %s lacks free link time or qubits for one pair on each link"
                  .formatted(ends),
              OptionalDouble.empty())
          : new Rejected(
              Reason.NO_PATH,
              "no path of at most %d links joins %s".formatted(request.maxHops(), ends),
              OptionalDouble.empty());
    }
    List<Candidate> finest = first.finest().isEmpty() ? last.finest() : first.finest();
    double fidelity = Math.max(reached, deliveredFinest(view, finest));
    OptionalDouble reachable = fidelity > 0 ? OptionalDouble.of(fidelity) : OptionalDouble.empty();
    if (!first.complete() || !last.complete()) {
      return exhausted(request, ends, reachable);
    }
    if (fidelity == 0) {
      return new Rejected(
          Reason.NO_CAPACITY,
          "free link time between %s is too short for one round of any plan".formatted(ends),
          reachable);
    }
    return switch (request.objective()) {
      case PAIR_RATE ->
          new Rejected(
              Reason.FIDELITY_UNREACHABLE,
              "minFidelity (%s) cannot be reached between %s; the best plan delivers %s"
                  .formatted(request.minFidelity(), ends, percentage(fidelity)),
              reachable);
      case SECRET_KEY_RATE ->
          new Rejected(
              Reason.NO_SECRET_KEY,
              "no plan between %s yields secret key%s; the best fidelity is %s"
                  .formatted(
                      ends,
                      request.minFidelity() > 0.51
                          ? " at minFidelity (" + request.minFidelity() + ")"
                          : "",
                      percentage(fidelity)),
              reachable);
    };
  }

  private static Rejected exhausted(Request request, String ends, OptionalDouble reachable) {
    return new Rejected(
        Reason.BUDGET_EXHAUSTED,
        "workBudget (%d labels) ended before a plan between %s was found; raise it or lower maxHops (%d)"
            .formatted(request.workBudget(), ends, request.maxHops()),
        reachable);
  }

  /// The highest fidelity that any plan delivers.
  private static double deliveredFinest(NetworkView view, List<Candidate> finest) {
    double best = 0;
    for (Candidate candidate : finest) {
      if (candidate.state().fidelity() <= best) {
        break;
      }
      StagedPlan staged = StagedPlan.of(candidate.plan(), view);
      var planner = new RoundPlanner(staged, view, candidate.memoryShare());
      best = Math.max(best, finestFidelity(planner, freeLength(staged)));
    }
    return best;
  }

  /// Whether there would be a path if all link time were free.
  private static boolean isConnected(NetworkView view, Request request) {
    NetworkView idle =
        new NetworkView(
            view.nodes(), view.linkModes().stream().map(mode -> mode.withFreeShare(1)).toList());
    return PlanSearch.isConnected(question(idle, request, request.minFidelity()));
  }

  private static String percentage(double fidelity) {
    return String.format(Locale.ROOT, "%.4f", Math.floor(fidelity * 1e4) / 1e4);
  }
}
