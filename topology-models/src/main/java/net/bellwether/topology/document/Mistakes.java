package net.bellwether.topology.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects the mistakes of one document.
public final class Mistakes {
  /// A person mends the first few and reads again; more would only fill memory and messages.
  public static final int MISTAKES_MAX = 1_000;

  /// Longer values are cut in messages.
  private static final int SHOWN_CHARACTERS_MAX = 60;

  private final String document;
  private final List<Mistake> found = new ArrayList<>();
  private int unlistedCount;

  public Mistakes(String document) {
    this.document = document;
  }

  public void add(int line, String field, String rule) {
    if (found.size() < MISTAKES_MAX) {
      found.add(new Mistake(document, line, field, rule));
    } else {
      unlistedCount++;
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  int count() {
    return found.size() + unlistedCount;
  }

  /// In the order of their lines.
  public List<Mistake> list() {
    List<Mistake> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(Mistake::line));
    if (unlistedCount > 0) {
      sorted.add(
          new Mistake(
              document,
              sorted.getLast().line(),
              "",
              unlistedCount + " more mistakes are not listed; mend these first"));
    }
    return sorted;
  }

  /// A value of the document as it may stand in a message: short and without control characters.
  public static String shown(String value) {
    String cut =
        value.length() <= SHOWN_CHARACTERS_MAX
            ? value
            : value.substring(0, SHOWN_CHARACTERS_MAX) + "...";
    return cut.replaceAll("\\p{C}", "?");
  }
}
