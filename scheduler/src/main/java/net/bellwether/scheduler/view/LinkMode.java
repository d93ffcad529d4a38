package net.bellwether.scheduler.view;

import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;

/// One generation mode of one link as the planner sees it: declared, or estimated by the fidelity
/// tracker. Each of `multiplexing` modes attempts every `attemptPeriodPicos` and succeeds with
/// `attemptSuccessProbability`; the ends learn of it `heraldLatencyPicos` later. `state` is that of
/// a fresh pair at its herald, before any wait. `freeShare` is the share of the link's time that
/// nothing else holds.
public record LinkMode(
    LinkId link,
    NodeId a,
    NodeId b,
    String mode,
    int multiplexing,
    double attemptSuccessProbability,
    long attemptPeriodPicos,
    long heraldLatencyPicos,
    long classicalLatencyPicos,
    BellDiagonal state,
    double freeShare) {
  public LinkMode {
    if (!(freeShare >= 0 && freeShare <= 1)) {
      throw new IllegalArgumentException("freeShare (" + freeShare + ") must be in [0, 1]");
    }
  }

  /// Pairs a second when every mode attempts all the time and none ever waits: the fluid rate.
  public double fluidPairsPerSecond() {
    return multiplexing * attemptSuccessProbability * 1e12 / attemptPeriodPicos;
  }
}
