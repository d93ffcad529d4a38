package net.bellwether.scheduler.solver;

import java.util.OptionalInt;
import net.bellwether.scheduler.PlanOutcome.Reason;
import net.bellwether.scheduler.Request;
import net.bellwether.scheduler.solver.Solution.Effort;
import net.bellwether.scheduler.solver.Solution.NotFound;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Finds the best plan for a request in the fluid model, where no pair waits or decays, and proves
/// how good it is. Deterministic; safe for any number of threads.
public final class Solver {
  private Solver() {}

  public static Solution solve(NetworkSnapshot snapshot, Request request) {
    OptionalInt from = snapshot.nodeNumber(request.from());
    OptionalInt to = snapshot.nodeNumber(request.to());
    if (from.isEmpty() || to.isEmpty()) {
      return none(Reason.UNKNOWN_NODE);
    }
    var limits = request.limits();
    for (NodeId node : limits.requiredNodes()) {
      if (snapshot.nodeNumber(node).isEmpty() || limits.excludedNodes().contains(node)) {
        return none(Reason.NO_PATH);
      }
    }
    for (LinkId link : limits.requiredLinks()) {
      if (snapshot.linkNumber(link).isEmpty() || limits.excludedLinks().contains(link)) {
        return none(Reason.NO_PATH);
      }
    }
    if (limits.excludedNodes().contains(request.from())
        || limits.excludedNodes().contains(request.to())) {
      return none(Reason.NO_PATH);
    }
    Usable usable = new Usable(snapshot, from.getAsInt(), to.getAsInt(), limits);
    Scratch scratch = Scratch.of(snapshot);
    if (scratch.hops().between(usable, limits.maxHops(), false) > limits.maxHops()) {
      boolean connected = scratch.hops().between(usable, limits.maxHops(), true) <= limits.maxHops();
      return none(connected ? Reason.NO_CAPACITY : Reason.NO_PATH);
    }
    return new Solving(usable, request, scratch).run();
  }

  private static NotFound none(Reason reason) {
    return new NotFound(reason, true, java.util.List.of(), new Effort(0, 0, 0, 0));
  }
}
