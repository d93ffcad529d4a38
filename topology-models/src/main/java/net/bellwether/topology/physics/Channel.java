package net.bellwether.topology.physics;

/// Transmission of media and noise of detectors.
final class Channel {
  static final double EARTH_RADIUS_KM = 6371;

  private Channel() {}

  /// η = 10^(-αL/10).
  static double fiberTransmission(double lengthKm, double attenuationDbPerKm) {
    return StrictMath.pow(10, -attenuationDbPerKm * lengthKm / 10);
  }

  /// Share of a Gaussian beam that a circular aperture on its axis catches \[saleh2019\]. The
  /// receiver stands in the far or near field alike; turbulence is not included.
  static double diffractionTransmission(
      double distanceM, double wavelengthM, double beamWaistM, double receiverRadiusM) {
    double rayleighRangeM = StrictMath.PI * beamWaistM * beamWaistM / wavelengthM;
    double spread = distanceM / rayleighRangeM;
    double radiusSquared = beamWaistM * beamWaistM * (1 + spread * spread);
    return 1 - StrictMath.exp(-2 * receiverRadiusM * receiverRadiusM / radiusSquared);
  }

  /// Distance to a satellite above a spherical Earth.
  static double slantRangeKm(double altitudeKm, double elevationDegrees) {
    double up = EARTH_RADIUS_KM * StrictMath.sin(StrictMath.toRadians(elevationDegrees));
    return StrictMath.sqrt(up * up + 2 * EARTH_RADIUS_KM * altitudeKm + altitudeKm * altitudeKm)
        - up;
  }

  /// Flat-atmosphere air mass; good above about 10 degrees of elevation.
  static double atmosphereTransmission(double zenithTransmission, double elevationDegrees) {
    return StrictMath.pow(
        zenithTransmission, 1 / StrictMath.sin(StrictMath.toRadians(elevationDegrees)));
  }

  /// Probability of a dark count in one window: 1 - exp(-R Δt).
  static double darkCountProbability(double rateHz, double windowSeconds) {
    return -StrictMath.expm1(-rateHz * windowSeconds);
  }
}
