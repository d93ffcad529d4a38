package net.bellwether.topology;

/// What light crosses between the two ends of a link.
public sealed interface Medium {
  /// Length that classical messages travel, and over which the link's latency is counted.
  double lengthKm();

  /// Solid-core fibre.
  record Fiber(double lengthKm, double attenuationDbPerKm) implements Medium {
    public Fiber {
      Require.positive("lengthKm", lengthKm);
      Require.notNegative("attenuationDbPerKm", attenuationDbPerKm);
    }
  }

  /// Hollow-core fibre: lower loss, light at nearly its speed in vacuum.
  record HollowCoreFiber(double lengthKm, double attenuationDbPerKm) implements Medium {
    public HollowCoreFiber {
      Require.positive("lengthKm", lengthKm);
      Require.notNegative("attenuationDbPerKm", attenuationDbPerKm);
    }
  }

  /// Terrestrial free-space optics: Gaussian beam of waist `beamWaistM` and `wavelengthNm` onto a
  /// receiver of radius `receiverRadiusM`, through air of `atmosphericTransmission`.
  record FreeSpace(
      double lengthKm,
      double wavelengthNm,
      double beamWaistM,
      double receiverRadiusM,
      double atmosphericTransmission)
      implements Medium {
    public FreeSpace {
      Require.positive("lengthKm", lengthKm);
      Require.positive("wavelengthNm", wavelengthNm);
      Require.positive("beamWaistM", beamWaistM);
      Require.positive("receiverRadiusM", receiverRadiusM);
      Require.probability("atmosphericTransmission", atmosphericTransmission);
    }
  }

  /// Satellite above two ground stations `groundLengthKm` apart, held at one point of its pass: it
  /// stands at `altitudeKm` and is seen under `elevationDegreesA` and `elevationDegreesB`.
  record Satellite(
      double groundLengthKm,
      double altitudeKm,
      double elevationDegreesA,
      double elevationDegreesB,
      double wavelengthNm,
      double beamWaistM,
      double receiverRadiusM,
      double zenithTransmission,
      double pointingTransmission)
      implements Medium {
    public Satellite {
      Require.positive("groundLengthKm", groundLengthKm);
      Require.positive("altitudeKm", altitudeKm);
      Require.in("elevationDegreesA", elevationDegreesA, 5, 90);
      Require.in("elevationDegreesB", elevationDegreesB, 5, 90);
      Require.positive("wavelengthNm", wavelengthNm);
      Require.positive("beamWaistM", beamWaistM);
      Require.positive("receiverRadiusM", receiverRadiusM);
      Require.probability("zenithTransmission", zenithTransmission);
      Require.probability("pointingTransmission", pointingTransmission);
    }

    @Override
    public double lengthKm() {
      return groundLengthKm;
    }
  }
}
