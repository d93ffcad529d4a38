package net.bellwether.topology.document;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that was probably meant. A known name of the same quantity in another unit
/// (`lengthM` for `lengthKm`) wins over one that is merely spelled alike.
public final class NearestName {
  /// Units of our fields and what people write instead; longest first, so that `Ms` is not cut to
  /// `s`.
  private static final List<String> UNITS =
      List.of(
          "bitspersecond",
          "probability",
          "microseconds",
          "milliseconds",
          "nanoseconds",
          "kilometers",
          "dbperkm",
          "seconds",
          "degrees",
          "meters",
          "metres",
          "radians",
          "perkm",
          "secs",
          "khz",
          "mhz",
          "ghz",
          "thz",
          "sec",
          "bps",
          "deg",
          "hz",
          "km",
          "nm",
          "um",
          "mm",
          "cm",
          "ms",
          "us",
          "ns",
          "ps",
          "db",
          "m",
          "s");

  /// Longer input is no misspelt name; it bounds the work.
  private static final int LENGTH_MAX = 64;

  private NearestName() {}

  /// `; did you mean NAME?`, or nothing where no name is near.
  public static String hint(String unknown, Collection<String> known) {
    return find(unknown, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /// The first of the nearest names, if one is near.
  public static Optional<String> find(String unknown, Collection<String> known) {
    if (unknown.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    int bestDistance = Math.max(2, unknown.length() / 3) + 1;
    Optional<String> best = Optional.empty();
    for (String name : known) {
      int distance = distance(unknown, name);
      if (distance < bestDistance) {
        best = Optional.of(name);
        bestDistance = distance;
      }
    }
    return best;
  }

  private static int distance(String unknown, String name) {
    String left = normalised(unknown);
    String right = normalised(name);
    String stem = stem(left);
    if (stem.length() > 1 && stem.equals(stem(right))) {
      return 0;
    }
    return edits(left, right);
  }

  private static String normalised(String name) {
    return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }

  private static String stem(String normalised) {
    for (String unit : UNITS) {
      if (normalised.endsWith(unit) && normalised.length() > unit.length()) {
        return normalised.substring(0, normalised.length() - unit.length());
      }
    }
    return normalised;
  }

  /// Levenshtein distance.
  private static int edits(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
