package net.bellwether.benchmarks.baseline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The pairs of a list that no other one beats in both cost and w.
final class Front {
  private static final Comparator<Pair> CHEAPEST_FIRST =
      Comparator.comparingDouble(Pair::cost)
          .thenComparing(Comparator.comparingDouble(Pair::w).reversed());

  private Front() {}

  /// By rising cost, and so by rising w.
  static List<Pair> of(List<Pair> pairs) {
    pairs.sort(CHEAPEST_FIRST);
    List<Pair> front = new ArrayList<>();
    double best = 0;
    for (Pair pair : pairs) {
      if (pair.w() > best) {
        front.add(pair);
        best = pair.w();
      }
    }
    return front;
  }
}
