package net.bellwether.controller.tracker;

import net.bellwether.scheduler.view.LinkMode;
import org.jspecify.annotations.Nullable;

/// One mode of one link: declared, and as telemetry shows it. `rateRatio` is the estimated over the
/// declared success probability, meaningful where `attemptCount` is positive; `state` is null
/// before the first test pairs in all bases. `degraded`: planning uses the estimate.
public record LinkEstimate(
    LinkMode declared,
    double rateRatio,
    long attemptCount,
    @Nullable StateEstimate state,
    boolean degraded) {
  /// Estimated fluid rate; 0 before any telemetry.
  public double pairsPerSecond() {
    return attemptCount == 0 ? 0 : rateRatio * declared.fluidPairsPerSecond();
  }
}
