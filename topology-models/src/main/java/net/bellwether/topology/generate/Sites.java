package net.bellwether.topology.generate;

import java.util.SplittableRandom;

/// Where nodes stand in a square of `sideKm`. Arrays, as 100,000 sites are searched for neighbours.
final class Sites {
  private final double sideKm;
  private final double[] xKm;
  private final double[] yKm;

  private Sites(double sideKm, double[] xKm, double[] yKm) {
    this.sideKm = sideKm;
    this.xKm = xKm;
    this.yKm = yKm;
  }

  static Sites anywhere(int count, double sideKm, SplittableRandom random) {
    double[] xKm = new double[count];
    double[] yKm = new double[count];
    for (int i = 0; i < count; i++) {
      xKm[i] = sideKm * random.nextDouble();
      yKm[i] = sideKm * random.nextDouble();
    }
    return new Sites(sideKm, xKm, yKm);
  }

  double distanceKm(int a, int b) {
    double dx = xKm[a] - xKm[b];
    double dy = yKm[a] - yKm[b];
    return Math.sqrt(dx * dx + dy * dy);
  }

  /// Every pair at most `radiusKm` apart, once, by ascending ends.
  ///
  /// Sites are sorted into square cells of that radius; a site's partners stand in its own cell or
  /// the eight around it. Time and memory are those of the answer, not of all pairs.
  Pairs pairsWithin(double radiusKm) {
    // More cells than sites would be empty cells.
    int columns =
        (int) Math.clamp(sideKm / radiusKm, 1, Math.max(1, Math.sqrt((double) xKm.length)));
    double cellKm = sideKm / columns;
    int[] start = new int[columns * columns + 1];
    for (int site = 0; site < xKm.length; site++) {
      start[cell(site, columns, cellKm) + 1]++;
    }
    for (int cell = 1; cell < start.length; cell++) {
      start[cell] += start[cell - 1];
    }
    int[] next = start.clone();
    int[] sites = new int[xKm.length];
    for (int site = 0; site < xKm.length; site++) {
      sites[next[cell(site, columns, cellKm)]++] = site;
    }
    Pairs pairs = new Pairs();
    for (int a = 0; a < xKm.length; a++) {
      int column = column(xKm[a], columns, cellKm);
      int row = column(yKm[a], columns, cellKm);
      int first = pairs.count();
      for (int r = Math.max(0, row - 1); r <= Math.min(columns - 1, row + 1); r++) {
        int left = r * columns + Math.max(0, column - 1);
        int right = r * columns + Math.min(columns - 1, column + 1);
        for (int i = start[left]; i < start[right + 1]; i++) {
          if (sites[i] > a && distanceKm(a, sites[i]) <= radiusKm) {
            pairs.add(a, sites[i]);
          }
        }
      }
      pairs.sortFrom(first);
    }
    return pairs;
  }

  private int cell(int site, int columns, double cellKm) {
    return column(yKm[site], columns, cellKm) * columns + column(xKm[site], columns, cellKm);
  }

  private static int column(double km, int columns, double cellKm) {
    return Math.min(columns - 1, (int) (km / cellKm));
  }
}
