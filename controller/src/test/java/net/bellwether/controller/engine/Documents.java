package net.bellwether.controller.engine;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;

/// Topologies for tests: `A -20- B -35- C`, nodes in lower case, links named after their ends.
public final class Documents {
  private Documents() {}

  /// A chain of end nodes and repeaters with double-click links of the given lengths; several
  /// chains may share nodes.
  public static String of(String name, String... chains) {
    String nodes =
        Stream.of(chains)
            .flatMap(chain -> Stream.of(chain.split(" ", -1)))
            .filter(word -> !word.startsWith("-"))
            .distinct()
            .map(Documents::node)
            .collect(Collectors.joining());
    String links = Stream.of(chains).map(Documents::links).collect(Collectors.joining());
    return "bellwether: v1\nname: " + name + "\nnodes:\n" + nodes + "links:\n" + links;
  }

  private static String node(String name) {
    String role = name.startsWith("r") ? "repeater" : "end-node";
    return """
      - name: %s
        role: %s
        communicationQubits: {count: 320, t1Seconds: 10, t2Seconds: 1}
        memoryQubits: {count: 320, t1Seconds: 100, t2Seconds: 10}
        operations: {gateFidelity: 0.999, readoutErrorProbability: 0.001, swapSuccessProbability: 1}
    """
        .formatted(name, role);
  }

  private static String links(String chain) {
    String[] words = chain.split(" ", -1);
    StringBuilder links = new StringBuilder();
    for (int i = 0; i + 2 < words.length; i += 2) {
      links.append(
          """
            - name: %s-%s
              a: %s
              b: %s
              medium: {type: fiber, lengthKm: %s, attenuationDbPerKm: 0.35}
              heralding: {type: double-click, efficiencyA: 0.1, efficiencyB: 0.1, visibility: 0.985, darkCountRateHz: 10, detectionWindowSeconds: 1.0e-8}
              attemptRateHz: 1.0e4
              channels: 4
              memoryModes: 20
              modes: [{name: only, intensity: 1}]
          """
              .formatted(
                  words[i], words[i + 2], words[i], words[i + 2], words[i + 1].replace("-", "")));
    }
    return links.toString();
  }

  public static TopologyInForce topology(String document) {
    return switch (TopologyReader.read("test.yaml", document)) {
      case TopologyReading.Valid valid ->
          new TopologyInForce(document, "test.yaml", valid.network(), 0);
      case TopologyReading.Invalid invalid ->
          throw new IllegalArgumentException(invalid.mistakes().toString());
    };
  }
}
