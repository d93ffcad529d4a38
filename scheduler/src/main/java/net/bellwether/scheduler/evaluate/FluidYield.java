package net.bellwether.scheduler.evaluate;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import net.bellwether.scheduler.stage.Stage;
import net.bellwether.scheduler.stage.Stage.Origin;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.physics.BellDiagonal;

/// What a plan yields when every pair finds its partner at once and nothing decays: pairs a second
/// with the links at work all the time, the state, and the elementary pairs that one finished pair
/// takes on each link.
public record FluidYield(
    double pairsPerSecond, BellDiagonal state, SequencedMap<LinkId, Double> consumed) {

  public static FluidYield of(StagedPlan plan, double memoryShare) {
    SequencedMap<LinkId, Double> consumed = new LinkedHashMap<>();
    double rate = Double.POSITIVE_INFINITY;
    for (Stage stage : plan.stages()) {
      if (stage.origin() instanceof Origin.Generated(LinkMode mode)) {
        double each = plan.pairsPerFinished(stage);
        double share = plan.multiplexing(stage, mode, memoryShare) / (double) mode.multiplexing();
        rate = Math.min(rate, mode.fluidPairsPerSecond() * share / each);
        consumed.merge(mode.link(), each, Double::sum);
      }
    }
    return new FluidYield(rate, plan.last().state(), consumed);
  }
}
