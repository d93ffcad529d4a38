package net.bellwether.topology.generate;

import java.util.Comparator;

/// A fibre between the nodes of numbers `a` < `b`.
record Span(int a, int b, double lengthKm) {
  static final Comparator<Span> BY_ENDS =
      Comparator.comparingInt(Span::a).thenComparingInt(Span::b);

  static Span of(int one, int other, double lengthKm) {
    return new Span(Math.min(one, other), Math.max(one, other), lengthKm);
  }
}
