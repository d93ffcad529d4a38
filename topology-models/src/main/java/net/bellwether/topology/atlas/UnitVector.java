package net.bellwether.topology.atlas;

import java.util.List;

/// Positions as vectors of length 1, whose means know no date line.
final class UnitVector {
  private UnitVector() {}

  static double[] of(Position position) {
    double latitude = StrictMath.toRadians(position.latitudeDegrees());
    double longitude = StrictMath.toRadians(position.longitudeDegrees());
    return new double[] {
      StrictMath.cos(latitude) * StrictMath.cos(longitude),
      StrictMath.cos(latitude) * StrictMath.sin(longitude),
      StrictMath.sin(latitude)
    };
  }

  static Position position(double[] vector) {
    return new Position(
        StrictMath.toDegrees(StrictMath.asin(Math.clamp(vector[2], -1, 1))),
        StrictMath.toDegrees(StrictMath.atan2(vector[1], vector[0])));
  }

  /// The mean direction; `otherwise` where there is none.
  static double[] mean(List<double[]> vectors, double[] otherwise) {
    double[] sum = new double[3];
    for (double[] vector : vectors) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    double length = distance(sum, new double[3]);
    return length < 1e-12
        ? otherwise
        : new double[] {sum[0] / length, sum[1] / length, sum[2] / length};
  }

  static double distance(double[] a, double[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }
}
