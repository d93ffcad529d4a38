package net.bellwether.scheduler.waiting;

import java.util.List;

/// Cutoff times by level: at a swap or purification of level n (1 where it joins two elementary
/// pairs, else one more than the higher of its parts) both pairs are discarded, and made anew, when
/// the second comes more than `seconds(n)` after the first. The last entry holds for all levels
/// above it; without entries pairs wait for ever. To discard only the older of two is not offered:
/// the younger would be half made when the other begins again, and no recursion over independent
/// parts holds.
public record Cutoffs(List<Double> secondsByLevel) {
  public static final Cutoffs NONE = new Cutoffs(List.of());

  public Cutoffs {
    secondsByLevel = List.copyOf(secondsByLevel);
    for (int i = 0; i < secondsByLevel.size(); i++) {
      if (!(secondsByLevel.get(i) >= 0)) {
        throw new IllegalArgumentException(
            "secondsByLevel[%d] (%s) must be at least 0".formatted(i, secondsByLevel.get(i)));
      }
    }
  }

  /// The same at every level.
  public static Cutoffs everywhere(double seconds) {
    return new Cutoffs(List.of(seconds));
  }

  double seconds(int level) {
    return secondsByLevel.isEmpty()
        ? Double.POSITIVE_INFINITY
        : secondsByLevel.get(Math.min(level, secondsByLevel.size()) - 1);
  }

  double shortestSeconds() {
    return secondsByLevel.stream()
        .mapToDouble(Double::doubleValue)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
