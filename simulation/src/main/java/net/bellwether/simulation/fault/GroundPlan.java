package net.bellwether.simulation.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.topology.Network;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;

/// The networks that worlds are built on: a few nodes, and links that make some pairs a second, so
/// that a frame is cheap. Variants of one shape differ in what a link can do, never in its
/// capacity.
enum GroundPlan {
  CHAIN("a-r r-b", "a b"),
  STAR("a-r b-r c-r", "a b c"),
  DIAMOND("a-r a-s r-b s-b", "a b"),
  LADDER("a-r r-s s-b c-s", "a b c");

  private static final int VARIANTS = 2;
  private static final Map<String, TopologyInForce> READ = new ConcurrentHashMap<>();

  private final String links;
  private final String ends;

  GroundPlan(String links, String ends) {
    this.links = links;
    this.ends = ends;
  }

  List<String> ends() {
    return List.of(ends.split(" ", -1));
  }

  private List<String> links() {
    return List.of(links.split(" ", -1));
  }

  /// A variant as an operator would apply it; read once.
  TopologyInForce topology(int variant) {
    int number = variant % VARIANTS;
    return READ.computeIfAbsent(name() + number, name -> read(name, document(number)));
  }

  Network network() {
    return topology(0).network();
  }

  private static TopologyInForce read(String name, String document) {
    return switch (TopologyReader.read(name, document)) {
      case TopologyReading.Valid(Network network) ->
          new TopologyInForce(document, name, network, 0);
      case TopologyReading.Invalid invalid ->
          throw new IllegalStateException("ground plan is wrong: " + invalid.mistakes());
    };
  }

  private String document(int variant) {
    List<String> nodes = new ArrayList<>();
    for (String link : links()) {
      for (String node : link.split("-", -1)) {
        if (!nodes.contains(node)) {
          nodes.add(node);
        }
      }
    }
    StringBuilder text = new StringBuilder("bellwether: v1\nname: ").append(name()).append('\n');
    text.append("nodes:\n");
    for (String node : nodes) {
      text.append("  - {name: ").append(node).append(", role: ");
      text.append(ends().contains(node) ? "end-node" : "repeater");
      text.append(
          ", communicationQubits: {count: 6, t1Seconds: 100, t2Seconds: 100}"
              + ", memoryQubits: {count: 6, t1Seconds: 100, t2Seconds: 100}"
              + ", operations: {gateFidelity: 0.999, readoutErrorProbability: 0.001,"
              + " swapSuccessProbability: 1}}\n");
    }
    text.append("links:\n");
    for (String link : links()) {
      String[] of = link.split("-", -1);
      double efficiency = variant == 1 && link.equals(links().getLast()) ? 0.095 : 0.1;
      text.append("  - {name: ").append(link);
      text.append(", a: ").append(of[0]).append(", b: ").append(of[1]);
      text.append(
          (", medium: {type: fiber, lengthKm: 5, attenuationDbPerKm: 0.2}, heralding:"
                  + " {type: single-click, efficiencyA: %s, efficiencyB: %s, visibility: 0.99,"
                  + " darkCountRateHz: 1, detectionWindowSeconds: 1.0e-9}")
              .formatted(efficiency, efficiency));
      text.append(
          ", attemptRateHz: 1.0e4, channels: 1, memoryModes: 3,"
              + " modes: [{name: only, intensity: 0.03}]}\n");
    }
    return text.toString();
  }
}
