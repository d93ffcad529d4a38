package net.bellwether.wire.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that was probably meant.
final class Spelling {
  /// Longer input is no misspelt name; it bounds the work.
  private static final int LENGTH_MAX = 64;

  private Spelling() {}

  static Optional<String> nearest(String written, Collection<String> names) {
    if (written.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    String word = written.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> edits(word, name) <= Math.max(2, name.length() / 3))
        .min(Comparator.comparingInt(name -> edits(word, name)));
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
