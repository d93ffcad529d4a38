package net.bellwether.topology.physics;

import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.time.NetworkTime;

/// What one multiplexed mode of a link does in one generation mode, by its declaration. An attempt
/// takes `attemptPeriodPicos`; its herald reaches the ends `heraldLatencyPicos` after its end;
/// `state` is that of the pair at the end of the attempt, relative to the heralded Bell index.
public record LinkPhysics(
    double attemptSuccessProbability,
    long attemptPeriodPicos,
    long heraldLatencyPicos,
    long classicalLatencyPicos,
    BellDiagonal state) {

  /// Throws IllegalArgumentException where the declaration is outside the models: a satellite that
  /// is not a middle source, or a middle source too bright for its losses.
  public static LinkPhysics of(Link link, GenerationMode mode) {
    Generation generation = generation(link, mode);
    long endToEnd = latencyPicos(link.medium().lengthKm());
    return new LinkPhysics(
        generation.successProbability(),
        attemptPeriodPicos(link),
        switch (link.heralding()) {
          case Heralding.SingleClick _, Heralding.DoubleClick _ ->
              latencyPicos(link.medium().lengthKm() / 2);
          // Nobody in the middle sees the photons: the ends exchange their detections.
          case Heralding.MiddleSource _ -> endToEnd;
        },
        endToEnd,
        generation.state());
  }

  /// A mode whose photon travels to a station cannot try again before it has heard of the outcome;
  /// the receivers of a middle source know their own detection at once.
  static long attemptPeriodPicos(Link link) {
    long period = Math.max(1, Math.round(NetworkTime.PICOS_PER_SECOND / link.attemptRateHz()));
    return switch (link.heralding()) {
      case Heralding.SingleClick _, Heralding.DoubleClick _ ->
          Math.max(period, 2 * latencyPicos(link.medium().lengthKm() / 2));
      case Heralding.MiddleSource _ -> period;
    };
  }

  private static Generation generation(Link link, GenerationMode mode) {
    Arms arms = Arms.of(link.medium());
    Heralding heralding = link.heralding();
    double etaA = arms.a() * heralding.efficiencyA();
    double etaB = arms.b() * heralding.efficiencyB();
    double dark =
        Channel.darkCountProbability(
            heralding.darkCountRateHz(), heralding.detectionWindowSeconds());
    return switch (heralding) {
      case Heralding.SingleClick click -> {
        refuseSatellite(link);
        yield Generation.singleClick(mode.intensity(), etaA, etaB, dark, click.visibility());
      }
      case Heralding.DoubleClick click -> {
        refuseSatellite(link);
        yield Generation.doubleClick(etaA, etaB, dark, click.visibility());
      }
      case Heralding.MiddleSource source ->
          Generation.middleSource(mode.intensity(), etaA, etaB, dark, source.sourceFidelity());
    };
  }

  private static void refuseSatellite(Link link) {
    if (link.medium() instanceof Medium.Satellite) {
      throw new IllegalArgumentException(
          "heralding of link (" + link.id() + ") must be a middle source, as it is a satellite");
    }
  }

  private static long latencyPicos(double lengthKm) {
    return Math.round(lengthKm * NetworkTime.FIBER_PICOS_PER_KM);
  }
}
