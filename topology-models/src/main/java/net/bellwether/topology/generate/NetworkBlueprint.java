package net.bellwether.topology.generate;

import net.bellwether.topology.device.StandardDevices;

/// What to generate. Two equal blueprints give equal networks, on every machine.
///
/// `averageDegree` counts links per node, in [1, 32] and at most `nodes - 1`; models whose form
/// decides it ignore it. `sideKm` is the side of the square the nodes stand in; it sets the typical
/// distance of neighbours, `sideKm / sqrt(nodes)`, which is at most 60 km, so that one link can
/// cross it with room to spare.
public record NetworkBlueprint(
    NetworkModel model,
    int nodes,
    long seed,
    double averageDegree,
    double sideKm,
    StandardDevices devices) {
  public static final int NODES_MIN = 3;
  public static final int NODES_MAX = 100_000;
  public static final double AVERAGE_DEGREE_DEFAULT = 6;

  /// A node's links are then still a small part of the network.
  public static final double AVERAGE_DEGREE_MAX = 32;

  public static final double SPACING_MAX_KM = StandardDevices.LENGTH_MAX_KM / 2;

  /// 1,000 nodes on 1,000 km x 1,000 km.
  private static final double SPACING_DEFAULT_KM = StrictMath.sqrt(1000);

  public NetworkBlueprint {
    if (nodes < NODES_MIN || nodes > NODES_MAX) {
      throw new IllegalArgumentException(
          "nodes (%d) must be in [%d, %d]".formatted(nodes, NODES_MIN, NODES_MAX));
    }
    double degreeMax = Math.min(AVERAGE_DEGREE_MAX, nodes - 1);
    if (!(averageDegree >= 1 && averageDegree <= degreeMax)) {
      throw new IllegalArgumentException(
          "averageDegree (%s) must be in [1, %s] for %d nodes"
              .formatted(averageDegree, degreeMax, nodes));
    }
    double sideMaxKm = SPACING_MAX_KM * StrictMath.sqrt(nodes);
    if (!(sideKm > 0 && sideKm <= sideMaxKm)) {
      throw new IllegalArgumentException(
          "sideKm (%s) must be in (0, %s] for %d nodes: links would be too long to herald"
              .formatted(sideKm, sideMaxKm, nodes));
    }
  }

  /// With default devices, density and degree (6, or all other nodes where there are fewer).
  public static NetworkBlueprint of(NetworkModel model, int nodes, long seed) {
    double others = Math.max(1.0, nodes - 1.0);
    double root = StrictMath.sqrt(Math.max(0, nodes));
    return new NetworkBlueprint(
        model,
        nodes,
        seed,
        Math.min(AVERAGE_DEGREE_DEFAULT, others),
        SPACING_DEFAULT_KM * root,
        StandardDevices.DEFAULT);
  }

  public NetworkBlueprint withAverageDegree(double degree) {
    return new NetworkBlueprint(model, nodes, seed, degree, sideKm, devices);
  }

  public NetworkBlueprint withSideKm(double km) {
    return new NetworkBlueprint(model, nodes, seed, averageDegree, km, devices);
  }

  public NetworkBlueprint withDevices(StandardDevices other) {
    return new NetworkBlueprint(model, nodes, seed, averageDegree, sideKm, other);
  }

  /// Typical distance of neighbours.
  double spacingKm() {
    return sideKm / StrictMath.sqrt(nodes);
  }
}
