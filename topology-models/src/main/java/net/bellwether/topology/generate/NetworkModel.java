package net.bellwether.topology.generate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How the nodes of a generated network are joined.
public enum NetworkModel {
  /// Nodes anywhere in a square; near ones are joined more often than far ones \[waxman1988\].
  WAXMAN,
  /// Rows and columns of a square.
  GRID,
  /// Each new node joins old ones, those with many links most often \[barabasi1999\].
  BARABASI_ALBERT,
  /// One line.
  CHAIN;

  /// The model of this [name][#toString].
  public static NetworkModel parse(String name) {
    for (NetworkModel model : values()) {
      if (model.toString().equals(name)) {
        return model;
      }
    }
    throw new IllegalArgumentException(
        "model (%s) must be one of %s"
            .formatted(
                name,
                Arrays.stream(values())
                    .map(NetworkModel::toString)
                    .collect(Collectors.joining(", "))));
  }

  /// Whether the average degree may be chosen; that of the others is in their form.
  public boolean hasDegree() {
    return this == WAXMAN || this == BARABASI_ALBERT;
  }

  /// `waxman`, `grid`, `barabasi-albert` or `chain`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
