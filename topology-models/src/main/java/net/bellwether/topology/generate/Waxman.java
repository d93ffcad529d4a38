package net.bellwether.topology.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import net.bellwether.topology.device.StandardDevices;
import net.bellwether.topology.graph.Components;

/// Waxman's random graph \[waxman1988\]: two sites at distance d are joined with probability b
/// exp(-d / D), at most 1, here with D of 1.25 spacings (40 km at default density).
///
/// Two things differ from the original. Links are at most four spacings and 120 km long: longer
/// ones would herald next to nothing, and candidates are then found by a grid of cells instead of
/// among all n² pairs. And the number of links is exact instead of expected: every candidate draws
/// an even variate, divided by its weight exp(-d / D), and the `nodes x averageDegree / 2` smallest
/// are joined; where the cut falls is b. Components that are left apart are joined by the shortest
/// missing links, which come on top.
final class Waxman {
  private static final double DECAY_SPACINGS = 1.25;
  private static final double RADIUS_SPACINGS = 4;

  private final NetworkBlueprint blueprint;
  private final SplittableRandom random;
  private final Sites sites;
  private final List<Span> spans = new ArrayList<>();
  private final Components components;

  private Waxman(NetworkBlueprint blueprint, SplittableRandom random) {
    this.blueprint = blueprint;
    this.random = random;
    sites = Sites.anywhere(blueprint.nodes(), blueprint.sideKm(), random);
    components = new Components(blueprint.nodes());
  }

  static List<Span> spans(NetworkBlueprint blueprint, SplittableRandom random) {
    Waxman graph = new Waxman(blueprint, random);
    double radiusKm =
        Math.min(StandardDevices.LENGTH_MAX_KM, RADIUS_SPACINGS * blueprint.spacingKm());
    Pairs near = graph.sites.pairsWithin(radiusKm);
    graph.draw(near, radiusKm);
    graph.joinBy(near);
    // In a sparse corner the nearest neighbour may stand beyond the radius.
    for (double km = 2 * radiusKm; graph.components.count() > 1; km *= 2) {
      graph.joinBy(graph.sites.pairsWithin(km));
    }
    return graph.spans;
  }

  private void draw(Pairs candidates, double radiusKm) {
    int wanted = (int) Math.round(blueprint.nodes() * blueprint.averageDegree() / 2);
    if (wanted > candidates.count()) {
      throw new IllegalArgumentException(
          "averageDegree (%s) must be at most %.2f here: only %d pairs of nodes are within %.0f km"
              .formatted(
                  blueprint.averageDegree(),
                  2.0 * candidates.count() / blueprint.nodes(),
                  candidates.count(),
                  radiusKm));
    }
    double decayKm = DECAY_SPACINGS * blueprint.spacingKm();
    double[] keys = new double[candidates.count()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = random.nextDouble() * StrictMath.exp(lengthKm(candidates, i) / decayKm);
    }
    double[] sorted = keys.clone();
    Arrays.sort(sorted);
    double last = sorted[wanted - 1];
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] <= last) {
        add(candidates, i);
      }
    }
  }

  private void joinBy(Pairs candidates) {
    List<Span> missing = new ArrayList<>();
    for (int i = 0; i < candidates.count(); i++) {
      if (!components.areJoined(candidates.a(i), candidates.b(i))) {
        missing.add(Span.of(candidates.a(i), candidates.b(i), lengthKm(candidates, i)));
      }
    }
    missing.sort(Comparator.comparingDouble(Span::lengthKm).thenComparing(Span.BY_ENDS));
    for (Span span : missing) {
      if (components.join(span.a(), span.b())) {
        spans.add(span);
      }
    }
  }

  private void add(Pairs candidates, int index) {
    int a = candidates.a(index);
    int b = candidates.b(index);
    components.join(a, b);
    spans.add(Span.of(a, b, lengthKm(candidates, index)));
  }

  private double lengthKm(Pairs candidates, int index) {
    return sites.distanceKm(candidates.a(index), candidates.b(index));
  }
}
