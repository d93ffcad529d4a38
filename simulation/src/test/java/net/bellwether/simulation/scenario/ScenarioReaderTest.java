package net.bellwether.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bellwether.emulator.nature.Happening;
import net.bellwether.topology.document.Mistake;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.scenario.Scenarios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScenarioReaderTest {
  private static final String HEAD = "simulation: v1\nname: test\ntopology: repeater-50km\n";
  private static final LinkId LINK = LinkId.of("west-east");
  private static final NodeId WEST = NodeId.of("west");

  private static ScenarioReading read(String text) {
    return ScenarioReader.read(
        "test.yaml",
        text,
        reference -> {
          if (Scenarios.names().contains(reference)) {
            return Scenarios.document(reference);
          }
          throw new IllegalArgumentException("must be of the library");
        });
  }

  private static Scenario valid(String text) {
    return switch (read(text)) {
      case ScenarioReading.Valid(Scenario scenario) -> scenario;
      case ScenarioReading.Invalid(var mistakes) -> throw new AssertionError(mistakes);
    };
  }

  private static List<String> mistakes(String text) {
    return switch (read(text)) {
      case ScenarioReading.Valid valid -> throw new AssertionError(valid);
      case ScenarioReading.Invalid(var mistakes) ->
          mistakes.stream().map(Mistake::toString).toList();
    };
  }

  @Test
  void whatASessionLeavesOutIsTheBestKeyFromTheStart() {
    Scenario scenario = valid(HEAD + "sessions:\n  - {from: west, to: east}\n");
    assertThat(scenario.sessions())
        .containsExactly(PlannedSession.ofKey("demo", WEST, NodeId.of("east")));
    assertThat(scenario.happenings()).isEmpty();
  }

  @Test
  void everyEventIsRead() {
    Scenario scenario =
        valid(
            HEAD
                + """
                sessions: []
                events:
                  - {type: cut, atSeconds: 1, link: west-east}
                  - {type: repair, atSeconds: 2, link: west-east}
                  - {type: degrade, atSeconds: 3, link: west-east, successFactor: 0.5, whiteNoise: 0.1}
                  - {type: dark-counts, atSeconds: 4, link: west-east, factor: 10}
                  - {type: drift, atSeconds: 5, link: west-east, whiteNoisePerHour: 0.2}
                  - {type: eavesdrop, atSeconds: 6, link: west-east, fraction: 0.3}
                  - {type: coherence, atSeconds: 7, node: west, factor: 0.1}
                  - {type: break-memory, atSeconds: 8, node: west, count: 5}
                  - {type: repair-node, atSeconds: 9.5, node: west}
                """);
    assertThat(scenario.happenings())
        .containsExactly(
            new PlannedHappening(1, new Happening.CutLink(LINK)),
            new PlannedHappening(2, new Happening.RepairLink(LINK)),
            new PlannedHappening(3, new Happening.DegradeLink(LINK, 0.5, 0.1)),
            new PlannedHappening(4, new Happening.RaiseDarkCounts(LINK, 10)),
            new PlannedHappening(5, new Happening.DriftFidelity(LINK, 0.2)),
            new PlannedHappening(6, new Happening.InterceptResend(LINK, 0.3)),
            new PlannedHappening(7, new Happening.ShortenCoherence(WEST, 0.1)),
            new PlannedHappening(8, new Happening.BreakMemories(WEST, 5)),
            new PlannedHappening(9.5, new Happening.RepairNode(WEST)));
  }

  @Test
  void aTopologyMayStandInTheScenario() {
    String topology = Scenarios.document("repeater-50km").indent(2);
    Scenario scenario =
        valid(
            "simulation: v1\nname: test\ntopology:\n"
                + topology
                + "sessions:\n  - {from: west, to: east}\n");
    assertThat(scenario.network().name()).isEqualTo("repeater-50km");
  }

  @Test
  void allMistakesAreListedAtOnceWithTheirLines() {
    assertThat(
            mistakes(
                """
                simulation: v2
                name: ""
                topology: repeater-50km
                sessions:
                  - {from: wes, to: east, pairsPerSecond: -1}
                  - {from: west, to: west, minFidelity: 2, openAtSeconds: 3, closeAtSeconds: 1}
                events:
                  - {type: cutt, atSeconds: 15, link: west-east}
                  - {type: degrade, atSeconds: -1, link: west-eas, successFactor: 2, whiteNoise: 0}
                  - {type: cut, atSecond: 4, link: west-east}
                  - {type: break-memory, atSeconds: 4, node: west, count: 1000}
                """))
        .containsExactly(
            "test.yaml:1: simulation: (v2) must be v1",
            "test.yaml:2: name: must have 1 to 100 characters",
            "test.yaml:5: sessions[0].from: node (wes) is not in the topology; did you mean west?",
            "test.yaml:5: sessions[0].pairsPerSecond: pairsPerSecond (-1.0) must be at least 0 and finite",
            "test.yaml:6: sessions[1].to: (west) must differ from from",
            "test.yaml:6: sessions[1].minFidelity: minFidelity (2.0) must be 0 or in (0.5, 1]",
            "test.yaml:6: sessions[1].closeAtSeconds: closeAtSeconds (1.0) must be later than openAtSeconds (3.0)",
            "test.yaml:8: events[0].type: (cutt) must be one of cut, repair, degrade, dark-counts, drift, eavesdrop, coherence, break-memory, clock, repair-node; did you mean cut?",
            "test.yaml:9: events[1].link: link (west-eas) is not in the topology; did you mean west-east?",
            "test.yaml:9: events[1].successFactor: successFactor (2.0) must be in [0, 1]",
            "test.yaml:9: events[1].atSeconds: atSeconds (-1.0) must be at least 0 and finite",
            "test.yaml:10: events[2].atSecond: unknown field; did you mean atSeconds?",
            "test.yaml:10: events[2].atSeconds: is missing",
            "test.yaml:11: events[3].count: (1000) must be at most the 256 memory qubits of node west");
  }

  @Test
  void mistakesOfATopologyInTheScenarioHideNoOthers() {
    assertThat(
            mistakes(
                """
                simulation: v1
                name: test
                topology: {bellwether: v1, name: net, nodes: []}
                sessions:
                  - {from: west, to: east, pairsPerSecond: -1}
                """))
        .containsExactly(
            "test.yaml:3: topology.nodes: must name at least one node",
            "test.yaml:5: sessions[0].pairsPerSecond: pairsPerSecond (-1.0) must be at least 0 and finite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"qit-chicago", "cambridge-loop", "repeater-50km"})
  void aNetworkOfTheLibraryOpensItsOwnSession(String name) {
    Scenario scenario = ScenarioReader.ofLibrary(name);
    assertThat(scenario.name()).isEqualTo(name);
    assertThat(scenario.sessions()).hasSize(1);
  }
}
