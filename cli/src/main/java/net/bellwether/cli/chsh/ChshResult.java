package net.bellwether.cli.chsh;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.bellwether.topology.physics.BellDiagonal;

/// The CHSH value of the pairs that both ends measured, with its standard error, beside the one
/// that is foreseen for the same pairs, measured when they were: with their ages and readout
/// errors.
public record ChshResult(
    long pairs, double measured, double standardError, double predicted, String table) {
  /// What no local hidden variables exceed.
  public static final double CLASSICAL_BOUND = 2;

  /// Of four correlations E00, E01, E10, E11 the last is subtracted.
  private static final int SETTINGS = 4;

  static ChshResult of(List<Measured> left, List<Measured> right) {
    Map<String, Measured> byPair = new LinkedHashMap<>();
    right.forEach(half -> byPair.put(half.pair(), half));
    double[] products = new double[SETTINGS];
    double[] foreseen = new double[SETTINGS];
    long[] counts = new long[SETTINGS];
    for (Measured half : left) {
      Measured other = byPair.get(half.pair());
      if (other != null) {
        int both = 2 * half.setting() + other.setting();
        products[both] += half.against() == other.against() ? 1 : -1;
        foreseen[both] += correlation(half, other);
        counts[both]++;
      }
    }
    return sum(products, foreseen, counts);
  }

  private static double correlation(Measured left, Measured right) {
    BellDiagonal delivered = left.prediction().delivered();
    BellDiagonal aged = left.prediction().aged(left.heldSeconds(), right.heldSeconds());
    return (1 - 2 * left.prediction().misreadProbability())
        * Settings.correlation(
            aged,
            Settings.direction(delivered, Side.LEFT, left.setting()),
            Settings.direction(delivered, Side.RIGHT, right.setting()));
  }

  private static ChshResult sum(double[] products, double[] foreseen, long[] counts) {
    double measured = 0;
    double predicted = 0;
    double variance = 0;
    long pairs = 0;
    StringBuilder table = new StringBuilder("settings  pairs  correlation  predicted\n");
    for (int both = 0; both < SETTINGS; both++) {
      double mean = products[both] / counts[both];
      double expected = foreseen[both] / counts[both];
      double sign = both == SETTINGS - 1 ? -1 : 1;
      measured += sign * mean;
      predicted += sign * expected;
      variance += (1 - mean * mean) / counts[both];
      pairs += counts[both];
      table.append(
          String.format(
              Locale.ROOT,
              "%d %d       %6d  %11.3f  %9.3f%n",
              both / 2,
              both % 2,
              counts[both],
              mean,
              expected));
    }
    return new ChshResult(pairs, measured, Math.sqrt(variance), predicted, table.toString());
  }
}
