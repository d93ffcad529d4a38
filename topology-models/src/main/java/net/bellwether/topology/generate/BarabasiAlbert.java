package net.bellwether.topology.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Preferential attachment \[barabasi1999\]: each new node joins m = averageDegree / 2 (rounded)
/// old ones, chosen in proportion to their links; the first m + 1 are all joined to each other.
/// Such a graph has no map: links are drawn half to twice the spacing long.
final class BarabasiAlbert {
  private static final double SHORTEST_SPACINGS = 0.5;
  private static final double LONGEST_SPACINGS = 2;

  private final NetworkBlueprint blueprint;
  private final SplittableRandom random;
  private final List<Span> spans = new ArrayList<>();

  private BarabasiAlbert(NetworkBlueprint blueprint, SplittableRandom random) {
    this.blueprint = blueprint;
    this.random = random;
  }

  static List<Span> spans(NetworkBlueprint blueprint, SplittableRandom random) {
    BarabasiAlbert graph = new BarabasiAlbert(blueprint, random);
    graph.grow((int) Math.max(1, Math.round(blueprint.averageDegree() / 2)));
    return graph.spans;
  }

  private void grow(int joinedByEach) {
    for (int a = 0; a <= joinedByEach; a++) {
      for (int b = a + 1; b <= joinedByEach; b++) {
        add(a, b);
      }
    }
    int[] chosen = new int[joinedByEach];
    for (int node = joinedByEach + 1; node < blueprint.nodes(); node++) {
      int oldSpans = spans.size();
      for (int i = 0; i < joinedByEach; ) {
        int old = endOfAny(oldSpans);
        if (!isAmong(chosen, i, old)) {
          chosen[i++] = old;
        }
      }
      for (int old : chosen) {
        add(old, node);
      }
    }
  }

  /// A node as often as it has links.
  private int endOfAny(int spanCount) {
    int end = random.nextInt(2 * spanCount);
    Span span = spans.get(end / 2);
    return end % 2 == 0 ? span.a() : span.b();
  }

  private static boolean isAmong(int[] chosen, int count, int node) {
    for (int i = 0; i < count; i++) {
      if (chosen[i] == node) {
        return true;
      }
    }
    return false;
  }

  private void add(int a, int b) {
    double spacings = random.nextDouble(SHORTEST_SPACINGS, LONGEST_SPACINGS);
    spans.add(Span.of(a, b, spacings * blueprint.spacingKm()));
  }
}
