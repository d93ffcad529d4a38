package net.bellwether.topology.physics;

import net.bellwether.topology.Medium;

/// Transmission of a link's medium from its middle (station, source or satellite) to each end.
record Arms(double a, double b) {
  static Arms of(Medium medium) {
    return switch (medium) {
      case Medium.Fiber fiber ->
          both(Channel.fiberTransmission(fiber.lengthKm() / 2, fiber.attenuationDbPerKm()));
      case Medium.HollowCoreFiber fiber ->
          both(Channel.fiberTransmission(fiber.lengthKm() / 2, fiber.attenuationDbPerKm()));
      case Medium.FreeSpace air ->
          both(
              StrictMath.sqrt(air.atmosphericTransmission())
                  * Channel.diffractionTransmission(
                      air.lengthKm() / 2 * 1e3,
                      air.wavelengthNm() * 1e-9,
                      air.beamWaistM(),
                      air.receiverRadiusM()));
      case Medium.Satellite satellite ->
          new Arms(
              downlink(satellite, satellite.elevationDegreesA()),
              downlink(satellite, satellite.elevationDegreesB()));
    };
  }

  private static Arms both(double transmission) {
    return new Arms(transmission, transmission);
  }

  private static double downlink(Medium.Satellite satellite, double elevationDegrees) {
    double distanceKm = Channel.slantRangeKm(satellite.altitudeKm(), elevationDegrees);
    return satellite.pointingTransmission()
        * Channel.atmosphereTransmission(satellite.zenithTransmission(), elevationDegrees)
        * Channel.diffractionTransmission(
            distanceKm * 1e3,
            satellite.wavelengthNm() * 1e-9,
            satellite.beamWaistM(),
            satellite.receiverRadiusM());
  }
}
