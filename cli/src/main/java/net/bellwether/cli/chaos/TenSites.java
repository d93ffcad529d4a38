package net.bellwether.cli.chaos;

import java.util.List;

/// The network of a chaos run: ten sites on a ring with two chords, four of them end nodes. Links
/// are few-moded on purpose, some 1,400 pairs/s: control is to be loaded here, not processors.
final class TenSites {
  static final String NAME = "ten-sites";
  private static final int COUNT = 10;
  private static final List<Integer> END_NODES = List.of(0, 2, 5, 7);

  private TenSites() {}

  /// The topology document.
  static String document() {
    StringBuilder yaml = new StringBuilder("bellwether: v1\nname: " + NAME + "\nnodes:\n");
    for (int site = 0; site < COUNT; site++) {
      yaml.append(
          """
            - name: site-%d
              role: %s
              communicationQubits: {count: 160, t1Seconds: 10, t2Seconds: 1}
              memoryQubits: {count: 160, t1Seconds: 100, t2Seconds: 10}
              operations: {gateFidelity: 0.999, readoutErrorProbability: 0.001, swapSuccessProbability: 1}
          """
              .formatted(site, END_NODES.contains(site) ? "end-node" : "repeater"));
    }
    yaml.append("links:\n");
    for (int site = 0; site < COUNT; site++) {
      link(yaml, site, (site + 1) % COUNT);
    }
    link(yaml, 1, 6);
    link(yaml, 3, 8);
    return yaml.append("qkdModules: []\n").toString();
  }

  private static void link(StringBuilder yaml, int a, int b) {
    yaml.append(
        """
          - name: link-%d-%d
            a: site-%d
            b: site-%d
            medium: {type: fiber, lengthKm: 5, attenuationDbPerKm: 0.2}
            heralding: {type: double-click, efficiencyA: 0.1, efficiencyB: 0.1, visibility: 0.998, darkCountRateHz: 10, detectionWindowSeconds: 1.0e-8}
            attemptRateHz: 1.0e4
            channels: 2
            memoryModes: 20
            modes: [{name: only, intensity: 1}]
        """
            .formatted(a, b, a, b));
  }
}
