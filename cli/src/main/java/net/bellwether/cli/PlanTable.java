package net.bellwether.cli;

import java.util.stream.Collectors;
import net.bellwether.v1.BellDiagonal;
import net.bellwether.v1.PlanRequestResponse;
import net.bellwether.wire.plan.PlanMessages;

/// A plan for a person.
final class PlanTable {
  private static final double MICROS_PER_MILLI = 1000.0;

  private PlanTable() {}

  static String text(PlanRequestResponse plan) {
    if (!plan.getStatus().equals(PlanMessages.PLANNED)) {
      return plan.getStatus() + ": " + plan.getReason() + "\n";
    }
    return figures(plan)
        + "planned in      "
        + Figures.rate(plan.getPlanningMicros() / MICROS_PER_MILLI)
        + " ms\n\n"
        + plan.getTree().stripTrailing()
        + "\n";
  }

  /// All but the tree.
  static String figures(PlanRequestResponse plan) {
    BellDiagonal state = plan.getBellDiagonal();
    return """
    delivered       %s pairs/s (fluid %s, gap to the upper bound %s)
    fidelity        %s  (I %s  X %s  Y %s  Z %s)
    error rates     Z %s, X %s
    secret key      %s bit/s asymptotic, %s bit/s at the block size in use
    pairs consumed  %s
    """
        .formatted(
            Figures.rate(plan.getPairsPerSecond()),
            Figures.rate(plan.getFluidPairsPerSecond()),
            Figures.percent(plan.getGap()),
            Figures.fidelity(plan.getFidelity()),
            Figures.fidelity(state.getI()),
            Figures.fidelity(state.getX()),
            Figures.fidelity(state.getY()),
            Figures.fidelity(state.getZ()),
            Figures.percent(plan.getQberZ()),
            Figures.percent(plan.getQberX()),
            Figures.rate(plan.getSecretKeyBitsPerSecond()),
            Figures.rate(plan.getFiniteKeyBitsPerSecond()),
            plan.getPairsConsumedPerLinkMap().entrySet().stream()
                .map(entry -> entry.getKey() + " " + Figures.rate(entry.getValue()))
                .collect(Collectors.joining(", ")));
  }
}
