package net.bellwether.scheduler.search;

import java.util.ArrayList;
import java.util.List;

/// The labels of one span that no other label of it dominates, at most `limit` of them.
final class Frontier {
  private final int limit;
  private final List<Label> labels = new ArrayList<>();
  private boolean thinned;

  Frontier(int limit) {
    this.limit = limit;
  }

  List<Label> labels() {
    return labels;
  }

  /// Whether labels were given up for want of room, so that the best plan may be missed.
  boolean isThinned() {
    return thinned;
  }

  /// Whether the label has joined.
  boolean offer(Label label) {
    for (Label present : labels) {
      if (present.dominates(label)) {
        return false;
      }
    }
    labels.removeIf(label::dominates);
    int at = 0;
    while (at < labels.size() && labels.get(at).pairsPerSecond() >= label.pairsPerSecond()) {
      at++;
    }
    labels.add(at, label);
    if (labels.size() > limit) {
      thin();
      return holds(label);
    }
    return true;
  }

  /// Whether this very label, and no equal one, is still there.
  @SuppressWarnings("ReferenceEquality")
  boolean holds(Label label) {
    for (Label present : labels) {
      if (present == label) {
        return true;
      }
    }
    return false;
  }

  /// Gives up the label that adds least: neither the fastest nor the finest, and closest in
  /// fidelity to its faster neighbour.
  private void thin() {
    thinned = true;
    int finest = 0;
    for (int i = 1; i < labels.size(); i++) {
      if (labels.get(i).state().fidelity() > labels.get(finest).state().fidelity()) {
        finest = i;
      }
    }
    int least = -1;
    double leastGain = Double.POSITIVE_INFINITY;
    for (int i = 1; i < labels.size(); i++) {
      double gain = labels.get(i).state().fidelity() - labels.get(i - 1).state().fidelity();
      if (i != finest && gain < leastGain) {
        least = i;
        leastGain = gain;
      }
    }
    labels.remove(least < 0 ? labels.size() - 1 : least);
  }
}
