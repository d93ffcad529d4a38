package net.bellwether.topology.generate;

import java.util.ArrayList;
import java.util.List;

/// Nodes in rows of equal distance, numbered row by row; the last row may be shorter.
final class Lattice {
  private Lattice() {}

  /// As square as the number of nodes allows.
  static List<Span> grid(NetworkBlueprint blueprint) {
    return rows(blueprint, (int) Math.ceil(Math.sqrt((double) blueprint.nodes())));
  }

  static List<Span> chain(NetworkBlueprint blueprint) {
    return rows(blueprint, blueprint.nodes());
  }

  private static List<Span> rows(NetworkBlueprint blueprint, int columns) {
    List<Span> spans = new ArrayList<>();
    for (int node = 0; node < blueprint.nodes(); node++) {
      if (node % columns != columns - 1 && node + 1 < blueprint.nodes()) {
        spans.add(Span.of(node, node + 1, blueprint.spacingKm()));
      }
      if (node + columns < blueprint.nodes()) {
        spans.add(Span.of(node, node + columns, blueprint.spacingKm()));
      }
    }
    return spans;
  }
}
