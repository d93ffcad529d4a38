package net.bellwether.topology;

/// How a link makes pairs and knows that it did. Efficiencies are those of everything but the
/// medium at one side (emission, coupling, conversion, detector).
public sealed interface Heralding {
  double efficiencyA();

  double efficiencyB();

  double darkCountRateHz();

  double detectionWindowSeconds();

  /// The same with other detectors.
  default Heralding withDarkCountRateHz(double rateHz) {
    return switch (this) {
      case SingleClick it ->
          new SingleClick(
              it.efficiencyA, it.efficiencyB, it.visibility, rateHz, it.detectionWindowSeconds);
      case DoubleClick it ->
          new DoubleClick(
              it.efficiencyA, it.efficiencyB, it.visibility, rateHz, it.detectionWindowSeconds);
      case MiddleSource it ->
          new MiddleSource(
              it.efficiencyA, it.efficiencyB, it.sourceFidelity, rateHz, it.detectionWindowSeconds);
    };
  }

  /// One photon at a station in the middle, from one of two memories; fidelity is traded against
  /// rate by the generation mode's bright-state population.
  record SingleClick(
      double efficiencyA,
      double efficiencyB,
      double visibility,
      double darkCountRateHz,
      double detectionWindowSeconds)
      implements Heralding {
    public SingleClick {
      check(efficiencyA, efficiencyB, darkCountRateHz, detectionWindowSeconds);
      Require.probability("visibility", visibility);
    }
  }

  /// Two photons at a station in the middle.
  record DoubleClick(
      double efficiencyA,
      double efficiencyB,
      double visibility,
      double darkCountRateHz,
      double detectionWindowSeconds)
      implements Heralding {
    public DoubleClick {
      check(efficiencyA, efficiencyB, darkCountRateHz, detectionWindowSeconds);
      Require.probability("visibility", visibility);
    }
  }

  /// A pair source between two receivers (always so for a satellite), whose pairs have
  /// `sourceFidelity` (Werner); rate is traded against fidelity by the mode's mean pairs per pulse.
  record MiddleSource(
      double efficiencyA,
      double efficiencyB,
      double sourceFidelity,
      double darkCountRateHz,
      double detectionWindowSeconds)
      implements Heralding {
    public MiddleSource {
      check(efficiencyA, efficiencyB, darkCountRateHz, detectionWindowSeconds);
      Require.in("sourceFidelity", sourceFidelity, 0.25, 1);
    }
  }

  private static void check(double efficiencyA, double efficiencyB, double dark, double window) {
    Require.probability("efficiencyA", efficiencyA);
    Require.probability("efficiencyB", efficiencyB);
    Require.notNegative("darkCountRateHz", dark);
    Require.positive("detectionWindowSeconds", window);
  }
}
