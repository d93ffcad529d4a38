package net.bellwether.emulator.nature;

/// How a link differs from its declaration. `driftedWhiteNoise` is the weight that a drift of
/// `whiteNoisePerHour` had reached when frame `driftFromFrame` began.
public record LinkCondition(
    boolean cut,
    double successFactor,
    double whiteNoise,
    double darkCountFactor,
    double driftedWhiteNoise,
    double whiteNoisePerHour,
    long driftFromFrame,
    double interceptedFraction) {
  /// As declared.
  public static final LinkCondition DECLARED = new LinkCondition(false, 1, 0, 1, 0, 0, 0, 0);

  private static final double FRAMES_PER_HOUR = 36_000;

  /// What it is once `happening` befell it, from `frame` on.
  LinkCondition after(Happening.OfLink happening, long frame) {
    return switch (happening) {
      case Happening.CutLink _ -> with(true, successFactor, whiteNoise, darkCountFactor);
      case Happening.RepairLink _ -> DECLARED;
      case Happening.DegradeLink degrade ->
          with(cut, degrade.successFactor(), degrade.whiteNoise(), darkCountFactor);
      case Happening.RaiseDarkCounts raise -> with(cut, successFactor, whiteNoise, raise.factor());
      case Happening.DriftFidelity drift ->
          new LinkCondition(
              cut,
              successFactor,
              whiteNoise,
              darkCountFactor,
              driftedWhiteNoiseIn(frame),
              drift.whiteNoisePerHour(),
              frame,
              interceptedFraction);
      case Happening.InterceptResend eavesdropper ->
          new LinkCondition(
              cut,
              successFactor,
              whiteNoise,
              darkCountFactor,
              driftedWhiteNoise,
              whiteNoisePerHour,
              driftFromFrame,
              eavesdropper.fraction());
    };
  }

  private LinkCondition with(boolean isCut, double success, double noise, double darkCounts) {
    return new LinkCondition(
        isCut,
        success,
        noise,
        darkCounts,
        driftedWhiteNoise,
        whiteNoisePerHour,
        driftFromFrame,
        interceptedFraction);
  }

  private double driftedWhiteNoiseIn(long frame) {
    double hours = Math.max(0, frame - driftFromFrame) / FRAMES_PER_HOUR;
    return Math.min(1, driftedWhiteNoise + whiteNoisePerHour * hours);
  }

  /// Weight of white noise in `frame`, that of the degradation and that of the drift together.
  public double whiteNoiseIn(long frame) {
    return 1 - (1 - whiteNoise) * (1 - driftedWhiteNoiseIn(frame));
  }
}
