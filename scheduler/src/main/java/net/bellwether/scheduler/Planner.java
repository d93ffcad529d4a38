package net.bellwether.scheduler;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.scheduler.PlanOutcome.Fluid;
import net.bellwether.scheduler.PlanOutcome.Planned;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.solver.NetworkSnapshot;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.physics.BellDiagonal;

/// Finds the best plan for a request on a view of the network, with a bound on how much better any
/// plan could be. Deterministic and pure: work is bounded in plans looked at, not in time. Safe for
/// any number of threads.
public final class Planner {
  private Planner() {}

  /// Plans as if the request got all session time that is free on its links. Among plans whose
  /// fluid value is close to the best, the one that delivers most at or above the fidelity floor
  /// wins; `upperBound` and `gap` are those of the fluid model.
  public static PlanOutcome plan(NetworkView view, Request request) {
    return plan(NetworkSnapshot.of(view), view, request);
  }

  /// The same with a snapshot of `view` that is at hand.
  public static PlanOutcome plan(NetworkSnapshot snapshot, NetworkView view, Request request) {
    return switch (PlanRanking.of(snapshot, view, request)) {
      case PlanRanking.None none -> none.rejected();
      case PlanRanking.Unrunnable unrunnable -> unrunnable.fluid();
      case PlanRanking.Ranked ranked -> ranked.planned(ranked.entries().getFirst());
    };
  }

  /// At most `most` distinct plans that none of the others beats in rate and fidelity at once,
  /// fastest first: the best at the request's floor, and the best at floors between it and the
  /// highest that is reached; best is the most key where key is asked for, else the most pairs.
  /// Empty where there is no plan.
  public static List<PlanOutcome> alternatives(
      NetworkSnapshot snapshot, NetworkView view, Request request, int most) {
    boolean forKey = request.objective() instanceof Objective.SecretKeyRate;
    Request fastest = forKey ? request : request.with(new Objective.PairRate());
    List<PlanOutcome> alternatives = new ArrayList<>();
    double floor = fastest.minFidelity();
    double step = 0;
    for (int tried = 0; tried < most && (tried == 0 || floor < 1); tried++) {
      PlanOutcome next = plan(snapshot, view, fastest.withMinFidelity(floor));
      if (next instanceof PlanOutcome.Rejected) {
        break;
      }
      if (alternatives.isEmpty()) {
        step = STEP_OF_ERROR * (1 - fidelity(next)) / most;
      }
      alternatives.removeIf(other -> pairsPerSecond(other) <= pairsPerSecond(next));
      alternatives.add(next);
      floor = fidelity(next) + step;
    }
    return alternatives;
  }

  /// Alternatives cover this part of what is missing to a perfect pair.
  private static final double STEP_OF_ERROR = 0.5;

  private static double fidelity(PlanOutcome outcome) {
    return switch (outcome) {
      case Planned planned -> planned.evaluation().state().fidelity();
      case Fluid fluid -> fluid.figures().state().map(BellDiagonal::fidelity).orElse(1.0);
      case PlanOutcome.Rejected _ -> 1;
    };
  }

  private static double pairsPerSecond(PlanOutcome outcome) {
    return switch (outcome) {
      case Planned planned -> planned.evaluation().pairsPerSecond();
      case Fluid fluid -> fluid.figures().pairsPerSecond();
      case PlanOutcome.Rejected _ -> 0;
    };
  }
}
