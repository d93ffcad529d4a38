package net.bellwether.simulation.run;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.simulation.outcome.Occurrence;

/// What happened, in order.
final class Chronicle {
  /// A run of a day in which everything fails all the time stays readable.
  private static final int OCCURRENCES_MAX = 10_000;

  private final List<Occurrence> occurrences = new ArrayList<>();
  private long unlistedCount;

  void add(long millis, String subject, String what) {
    if (occurrences.size() < OCCURRENCES_MAX) {
      occurrences.add(new Occurrence(millis / 1e3, subject, what));
    } else {
      unlistedCount++;
    }
  }

  List<Occurrence> occurrences() {
    return List.copyOf(occurrences);
  }

  long unlistedCount() {
    return unlistedCount;
  }
}
