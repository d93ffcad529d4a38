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
    if (multiplexing < 1) {
      throw new IllegalArgumentException("multiplexing (" + multiplexing + ") must be at least 1");
    }
    if (!(attemptSuccessProbability >= 0 && attemptSuccessProbability <= 1)) {
      throw new IllegalArgumentException(
          "attemptSuccessProbability (" + attemptSuccessProbability + ") must be in [0, 1]");
    }
    if (attemptPeriodPicos <= 0 || heraldLatencyPicos < 0 || classicalLatencyPicos < 0) {
      throw new IllegalArgumentException(
          "attemptPeriodPicos (%d) must be positive, heraldLatencyPicos (%d) and classicalLatencyPicos (%d) at least 0"
              .formatted(attemptPeriodPicos, heraldLatencyPicos, classicalLatencyPicos));
    }
    if (!(freeShare >= 0 && freeShare <= 1)) {
      throw new IllegalArgumentException("freeShare (" + freeShare + ") must be in [0, 1]");
    }
  }

  /// Pairs a second when every mode attempts all the time and none ever waits: the fluid rate.
  public double fluidPairsPerSecond() {
    return multiplexing * attemptSuccessProbability * 1e12 / attemptPeriodPicos;
  }

  /// Modes that a flow with `memoryShare` of them uses: rounded down, at least one.
  public int multiplexingOf(double memoryShare) {
    // A share computed as a quotient of counts must give that count back.
    return Math.max(1, (int) Math.floor(memoryShare * multiplexing + 1e-9));
  }

  /// The end that is not `node`.
  public NodeId peerOf(NodeId node) {
    return node.equals(a) ? b : a;
  }

  /// A copy with what was measured in place of what was declared.
  public LinkMode withEstimate(double attemptSuccessProbability, BellDiagonal state) {
    return new LinkMode(
        link,
        a,
        b,
        mode,
        multiplexing,
        attemptSuccessProbability,
        attemptPeriodPicos,
        heraldLatencyPicos,
        classicalLatencyPicos,
        state,
        freeShare);
  }

  public LinkMode withFreeShare(double freeShare) {
    return new LinkMode(
        link,
        a,
        b,
        mode,
        multiplexing,
        attemptSuccessProbability,
        attemptPeriodPicos,
        heraldLatencyPicos,
        classicalLatencyPicos,
        state,
        freeShare);
  }
}
