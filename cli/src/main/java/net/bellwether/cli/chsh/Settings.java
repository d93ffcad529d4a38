package net.bellwether.cli.chsh;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.physics.BellDiagonal;

/// What the two ends measure without speaking to each other: which of its two settings an end uses
/// follows from the pair's name, and the directions of the settings from its predicted state.
///
/// For correlations t1 and t2, the two largest, along axes e1 and e2: left measures along e1 or e2,
/// right along (t1·e1 ± t2·e2) / √(t1² + t2²). Then S = E00 + E01 + E10 − E11 is 2·√(t1² + t2²),
/// the largest that the state allows \[horodecki1995\].
final class Settings {
  private Settings() {}

  /// 0 or 1: the setting of `side` for `pair`.
  static int of(String pair, Side side) {
    byte hash = digest("bellwether chsh " + pair)[0];
    return switch (side) {
      case LEFT -> hash & 1;
      case RIGHT -> (hash >> 1) & 1;
    };
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static Direction direction(BellDiagonal state, Side side, int setting) {
    double[] t = correlations(state);
    int weakest = weakest(t);
    int first = weakest == 0 ? 1 : 0;
    int second = weakest == 2 ? 1 : 2;
    double[] direction = new double[3];
    switch (side) {
      case LEFT -> direction[setting == 0 ? first : second] = 1;
      case RIGHT -> {
        double length = StrictMath.hypot(t[first], t[second]);
        direction[first] = t[first] / length;
        direction[second] = (setting == 0 ? 1 : -1) * t[second] / length;
      }
    }
    return new Direction(direction[0], direction[1], direction[2]);
  }

  /// Expectation of the product of both outcomes.
  static double correlation(BellDiagonal state, Direction left, Direction right) {
    double[] t = correlations(state);
    return t[0] * left.x() * right.x() + t[1] * left.y() * right.y() + t[2] * left.z() * right.z();
  }

  /// In X, Y and Z, with Y mirrored at one end as directions are.
  private static double[] correlations(BellDiagonal state) {
    return new double[] {state.correlationXX(), -state.correlationYY(), state.correlationZZ()};
  }

  private static int weakest(double[] t) {
    int weakest = 0;
    for (int axis = 1; axis < t.length; axis++) {
      if (Math.abs(t[axis]) < Math.abs(t[weakest])) {
        weakest = axis;
      }
    }
    return weakest;
  }
}
