package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.Request;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.physics.BellDiagonal;

/// Placeholder.
public final class FluidEvaluator {
  private FluidEvaluator() {}

  public static FluidPlan evaluate(Plan plan, NetworkView view, Request request) {
    return new FluidPlan(
        plan, view.nodes().size() + request.minFidelity(), BellDiagonal.PERFECT, 1);
  }
}
