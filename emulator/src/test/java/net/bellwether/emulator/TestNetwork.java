package net.bellwether.emulator;

import net.bellwether.topology.Network;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;

/// A chain a - b - c of short links.
final class TestNetwork {
  private static final String NODE =
      """
        - name: %s
          role: %s
          communicationQubits: {count: 200, t1Seconds: 10, t2Seconds: 1}
          memoryQubits: {count: 200, t1Seconds: 100, t2Seconds: 10}
          operations: {gateFidelity: 0.998, readoutErrorProbability: 0.002, swapSuccessProbability: 1}
      """;

  private static final String LINK =
      """
        - name: %s
          a: %s
          b: %s
          medium: {type: fiber, lengthKm: 2, attenuationDbPerKm: 0.2}
          heralding: {type: single-click, efficiencyA: 0.02, efficiencyB: 0.02, visibility: 0.98, darkCountRateHz: 10, detectionWindowSeconds: 1.0e-9}
          attemptRateHz: 100000
          channels: 1
          memoryModes: 100
          modes: [{name: bright, intensity: 0.2}]
      """;

  static final String DOCUMENT =
      "bellwether: v1\nname: lab\nnodes:\n"
          + NODE.formatted("a", "end-node")
          + NODE.formatted("b", "repeater")
          + NODE.formatted("c", "end-node")
          + "links:\n"
          + LINK.formatted("ab", "a", "b")
          + LINK.formatted("bc", "b", "c");

  static final Network NETWORK =
      switch (TopologyReader.read("lab.yaml", DOCUMENT)) {
        case TopologyReading.Valid valid -> valid.network();
        case TopologyReading.Invalid invalid ->
            throw new IllegalStateException(invalid.mistakes().toString());
      };

  private TestNetwork() {}
}
