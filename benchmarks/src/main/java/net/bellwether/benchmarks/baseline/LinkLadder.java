package net.bellwether.benchmarks.baseline;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.topology.Node;

/// What one link can make of its own pairs: raw, after rounds of nested purification, and, where
/// that is allowed, each of those pumped with raw pairs.
final class LinkLadder {
  private static final int NESTED_ROUNDS_MAX = 6;
  private static final int PUMPING_ROUNDS_MAX = 12;

  private LinkLadder() {}

  /// By rising cost and w.
  static List<Pair> of(
      Pair raw, Node left, Node right, WernerAlgebra algebra, PurificationClass allowed) {
    List<Pair> pairs = new ArrayList<>();
    Pair nested = raw;
    for (int round = 0; round <= NESTED_ROUNDS_MAX; round++) {
      pairs.add(nested);
      if (allowed == PurificationClass.ANY) {
        pump(nested, raw, left, right, algebra, pairs);
      }
      Pair next = algebra.purified(nested, nested, left, right);
      if (next.w() <= nested.w()) {
        break;
      }
      nested = next;
    }
    return Front.of(pairs);
  }

  private static void pump(
      Pair base, Pair raw, Node left, Node right, WernerAlgebra algebra, List<Pair> pairs) {
    Pair pumped = base;
    for (int round = 0; round < PUMPING_ROUNDS_MAX; round++) {
      Pair next = algebra.purified(pumped, raw, left, right);
      if (next.w() <= pumped.w()) {
        return;
      }
      pairs.add(next);
      pumped = next;
    }
  }
}
