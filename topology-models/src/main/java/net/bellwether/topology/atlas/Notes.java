package net.bellwether.topology.atlas;

import java.util.List;
import java.util.stream.Collectors;

/// Sentences about what an import changed.
final class Notes {
  private static final int NAMES_MAX = 20;

  private Notes() {}

  /// Notes what happened to `nodes`, if there are any.
  static void add(List<String> notes, List<String> nodes, String what) {
    if (!nodes.isEmpty()) {
      String names = nodes.stream().limit(NAMES_MAX).collect(Collectors.joining(", "));
      String more = nodes.size() > NAMES_MAX ? ", ..." : "";
      notes.add("nodes %s (%d): %s%s".formatted(what, nodes.size(), names, more));
    }
  }
}
