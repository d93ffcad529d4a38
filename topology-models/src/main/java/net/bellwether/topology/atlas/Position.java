package net.bellwether.topology.atlas;

/// A point on a spherical Earth.
record Position(double latitudeDegrees, double longitudeDegrees) {
  static final double EARTH_RADIUS_KM = 6371;

  Position {
    check("latitude", latitudeDegrees, 90);
    check("longitude", longitudeDegrees, 180);
  }

  private static void check(String field, double degrees, double most) {
    if (!(degrees >= -most && degrees <= most)) {
      throw new IllegalArgumentException(
          "%s (%s) must be in [%s, %s] degrees".formatted(field, degrees, -most, most));
    }
  }

  /// Great circle, by the haversine.
  double distanceKm(Position other) {
    double up = halfSineSquared(other.latitudeDegrees - latitudeDegrees);
    double along = halfSineSquared(other.longitudeDegrees - longitudeDegrees);
    double haversine = up + cosine(latitudeDegrees) * cosine(other.latitudeDegrees) * along;
    return 2 * EARTH_RADIUS_KM * StrictMath.asin(StrictMath.sqrt(Math.min(1, haversine)));
  }

  private static double halfSineSquared(double degrees) {
    double sine = StrictMath.sin(StrictMath.toRadians(degrees) / 2);
    return sine * sine;
  }

  private static double cosine(double degrees) {
    return StrictMath.cos(StrictMath.toRadians(degrees));
  }
}
