package net.bellwether.scheduler.solver;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.bellwether.scheduler.request.Limits;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Reason;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.solver.Hops.Over;
import net.bellwether.scheduler.solver.Solution.Effort;
import net.bellwether.scheduler.solver.Solution.NotFound;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Finds the best plan for a request in the fluid model, where no pair waits or decays, and proves
/// how good it is. Deterministic; safe for any number of threads.
public final class Solver {
  private Solver() {}

  /// The best plan, and a bound that no plan passes. Nodes and links that the network lacks are no
  /// error: there is no plan.
  public static Solution solve(NetworkSnapshot snapshot, Request request) {
    OptionalInt from = snapshot.nodeNumber(request.from());
    OptionalInt to = snapshot.nodeNumber(request.to());
    if (from.isEmpty() || to.isEmpty()) {
      return none(Reason.UNKNOWN_NODE);
    }
    if (contradicts(snapshot, request)) {
      return none(Reason.NO_PATH);
    }
    Limits limits = request.limits();
    Usable usable = new Usable(snapshot, from.getAsInt(), to.getAsInt(), limits);
    Scratch scratch = Scratch.of(snapshot);
    if (!joins(usable, limits, scratch, Over.USEFUL)) {
      boolean makes = joins(usable, limits, scratch, Over.MAKING);
      boolean idle = joins(usable, limits, scratch, Over.ALL);
      return none(makes ? unreachable(request) : idle ? Reason.NO_CAPACITY : Reason.NO_PATH);
    }
    return Searches.findPath(usable, request, scratch)
        .map(searches -> new Solving(searches).run())
        .orElseGet(() -> none(Reason.NO_PATH));
  }

  /// Plans near the best one: the front of cost and fidelity, at or above the floor, as far as
  /// `spread` of the value of `best`, best first, at most `most`. Found by a coarse search.
  public static List<FluidPlan> front(
      NetworkSnapshot snapshot, Request request, FluidPlan best, double spread, int most) {
    return findPath(snapshot, request)
        .map(searches -> new Survey(searches).front(best, spread, most))
        .orElse(List.of());
  }

  /// Plans of the highest fidelity that the budget of a coarse search comes by, whatever they cost,
  /// finest first; for a request that has no plan.
  public static List<FluidPlan> finest(NetworkSnapshot snapshot, Request request, int most) {
    Request anyCost =
        request
            .with(request.limits().withRelays(Set.of()))
            .with(new Objective.Fidelity(1e-12))
            .withMinFidelity(Math.nextUp(0.5));
    return findPath(snapshot, anyCost)
        .map(searches -> new Survey(searches).finest(most))
        .orElse(List.of());
  }

  private static Optional<Searches> findPath(NetworkSnapshot snapshot, Request request) {
    int from = snapshot.nodeNumber(request.from()).orElseThrow();
    int to = snapshot.nodeNumber(request.to()).orElseThrow();
    Usable usable = new Usable(snapshot, from, to, request.limits());
    return Searches.findPath(usable, request, Scratch.of(snapshot));
  }

  /// Whether the limits exclude what they require, or the ends.
  private static boolean contradicts(NetworkSnapshot snapshot, Request request) {
    Limits limits = request.limits();
    for (NodeId node : limits.requiredNodes()) {
      if (snapshot.nodeNumber(node).isEmpty() || limits.excludedNodes().contains(node)) {
        return true;
      }
    }
    for (LinkId link : limits.requiredLinks()) {
      if (snapshot.linkNumber(link).isEmpty() || limits.excludedLinks().contains(link)) {
        return true;
      }
    }
    return limits.excludedNodes().contains(request.from())
        || limits.excludedNodes().contains(request.to());
  }

  private static boolean joins(Usable usable, Limits limits, Scratch scratch, Over over) {
    return scratch.hops().between(usable, limits.maxHops(), over) <= limits.maxHops();
  }

  /// Why there is no plan where pairs are made, but none that will do.
  public static Reason unreachable(Request request) {
    return switch (request.objective()) {
      case Objective.SecretKeyRate _ -> Reason.NO_SECRET_KEY;
      case Objective.Fidelity _ -> Reason.RATE_UNREACHABLE;
      case Objective.Cheapest _, Objective.PairRate _ -> Reason.FIDELITY_UNREACHABLE;
    };
  }

  private static NotFound none(Reason reason) {
    return new NotFound(reason, true, new Effort(0, 0, 0, 0));
  }
}
