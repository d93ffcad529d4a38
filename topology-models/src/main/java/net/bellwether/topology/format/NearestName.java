package net.bellwether.topology.format;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

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

  private NearestName() {}

  /// `; did you mean NAME?`, or nothing where no name is near.
  public static String hint(String unknown, Collection<String> known) {
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String name : known) {
      int distance = distance(unknown, name);
      if (distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    return bestDistance <= Math.max(2, unknown.length() / 3) ? "; did you mean " + best + "?" : "";
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

  /// Levenshtein distance. Both are cut to 64 characters: no name we know is longer.
  private static int edits(String leftName, String rightName) {
    String left = leftName.substring(0, Math.min(64, leftName.length()));
    String right = rightName.substring(0, Math.min(64, rightName.length()));
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
