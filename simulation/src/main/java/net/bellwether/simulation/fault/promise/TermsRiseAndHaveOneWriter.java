package net.bellwether.simulation.fault.promise;

import java.util.HashMap;
import java.util.Map;

/// Whatever leader writes to the store, none of a lower term writes after it, and nobody else
/// writes under its term.
public final class TermsRiseAndHaveOneWriter extends Promise {
  private final Map<Long, String> writers = new HashMap<>();
  private long highestTerm;

  /// `writer`, a controller in one life, wrote under `term`, and it counts from now on.
  public void written(long term, String writer) {
    require(
        term >= highestTerm, "%s writes under term %d after term %d", writer, term, highestTerm);
    highestTerm = term;
    String before = writers.putIfAbsent(term, writer);
    require(
        before == null || before.equals(writer),
        "%s and %s both write under term %d",
        before,
        writer,
        term);
  }
}
