package net.bellwether.topology.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.QkdModule;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.generate.NetworkBlueprint;
import net.bellwether.topology.generate.NetworkGenerator;
import net.bellwether.topology.generate.NetworkModel;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.scenario.Scenarios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyWriterTest {
  static Stream<String> scenarios() {
    return Scenarios.names().stream();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void scenarioComesBackEqual(String scenario) {
    assertComesBack(read(Scenarios.document(scenario)));
  }

  @ParameterizedTest
  @EnumSource(NetworkModel.class)
  void generatedNetworkComesBackEqual(NetworkModel model) {
    for (int nodes : List.of(3, 4, 30, 500)) {
      assertComesBack(NetworkGenerator.generate(NetworkBlueprint.of(model, nodes, 11)));
    }
  }

  @Test
  void everyMediumAndHeraldingComesBackEqual() {
    double third = 1.0 / 3;
    List<Medium> media =
        List.of(
            new Medium.Fiber(Double.MIN_VALUE, -0.0),
            new Medium.HollowCoreFiber(1e300, third),
            new Medium.FreeSpace(1, 1550, third, 0.4, 0),
            new Medium.Satellite(430, 500, 5, 90, 810, third, 0.6, 0.85, 1));
    List<Heralding> heraldings =
        List.of(
            new Heralding.SingleClick(third, 1, 0.98, 10, 1e-9),
            new Heralding.DoubleClick(0, 0.5, 1, 1e7, 1e-12),
            new Heralding.MiddleSource(0.25, third, 0.25, 0, 1),
            new Heralding.MiddleSource(0.25, third, 0.99, 0, 123456789.125));
    SequencedMap<LinkId, Link> links = new LinkedHashMap<>();
    for (int i = 0; i < media.size(); i++) {
      LinkId id = LinkId.of("l" + i);
      List<GenerationMode> modes =
          i == 1
              ? List.of(new GenerationMode("only", 1))
              : List.of(new GenerationMode("1e3", third), new GenerationMode("b-", 0));
      Link link =
          new Link(
              id,
              NodeId.of("a"),
              NodeId.of("b"),
              media.get(i),
              heraldings.get(i),
              1e6 + i,
              1,
              7,
              modes);
      links.put(id, link);
    }
    QkdModule module =
        new QkdModule(LinkId.of("null"), NodeId.of("b"), NodeId.of("a"), third, 1e-300);
    assertComesBack(new Network("all", nodes("a", "b"), links, List.of(module)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "1e5", "true", "false", "null", "no", "12-3", "0x1f", "n1"})
  void nameThatYamlTakesForSomethingElseComesBackAsText(String name) {
    Network network = new Network(name, nodes(name, "other"), new LinkedHashMap<>(), List.of());
    assertComesBack(network);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~",
        "a: b",
        "# x",
        "two words",
        "\"quoted\" \\ back",
        "Ünïcode – 😀",
        "line\nbreak\ttab",
        "- item",
        "{a}",
        "'",
        "a\u0000b\u0085\u2028\ufeff",
        "NULL",
        "True"
      })
  void networkNameComesBackAsItWas(String name) {
    assertComesBack(new Network(name, nodes("a"), new LinkedHashMap<>(), List.of()));
  }

  @Test
  void documentIsWrittenForPeopleToo() {
    Network network =
        NetworkGenerator.generate(NetworkBlueprint.of(NetworkModel.CHAIN, 3, 1).withSideKm(35));
    assertThat(TopologyWriter.document(network))
        .startsWith(
            """
            bellwether: v1
            name: chain-3-seed-1
            nodes:
              - name: n1
                role: end-node
                communicationQubits: {count: 64, t1Seconds: 10, t2Seconds: 1}
                memoryQubits: {count: 64, t1Seconds: 100, t2Seconds: 10}
                operations: {gateFidelity: 0.99, readoutErrorProbability: 0.005, swapSuccessProbability: 0.99}
            """)
        .contains(
            """
            links:
              - name: n1-n2
                a: n1
                b: n2
                medium: {type: fiber, lengthKm: 20.207, attenuationDbPerKm: 0.2}
                heralding: {type: single-click, efficiencyA: 0.5, efficiencyB: 0.5, visibility: 0.99, darkCountRateHz: 10, detectionWindowSeconds: 1.0E-9}
                attemptRateHz: 1000000
                channels: 8
                memoryModes: 8
            """);
  }

  private static SequencedMap<NodeId, Node> nodes(String... names) {
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (String name : names) {
      NodeId id = NodeId.of(name);
      Qubits qubits = new Qubits(7, 1e-3, 2e-3);
      nodes.put(id, new Node(id, NodeRole.TRUSTED_NODE, qubits, qubits, Operations.IDEAL));
    }
    return nodes;
  }

  private static void assertComesBack(Network network) {
    Network back = read(TopologyWriter.document(network));
    assertThat(back).isEqualTo(network);
    assertThat(List.copyOf(back.nodes().keySet())).isEqualTo(List.copyOf(network.nodes().keySet()));
    assertThat(List.copyOf(back.links().keySet())).isEqualTo(List.copyOf(network.links().keySet()));
  }

  private static Network read(String document) {
    return switch (TopologyReader.read("net.yaml", document)) {
      case TopologyReading.Valid(Network network) -> network;
      case TopologyReading.Invalid(var mistakes) -> throw new AssertionError(mistakes.toString());
    };
  }
}
