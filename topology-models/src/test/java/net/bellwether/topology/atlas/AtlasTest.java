package net.bellwether.topology.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import net.bellwether.topology.Link;
import net.bellwether.topology.Network;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.format.TopologyLimits;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.format.TopologyWriter;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AtlasTest {
  /// One degree along a great circle is 111.195 km.
  private static final ImportOptions PLAIN = ImportOptions.DEFAULT.withDetourFactor(1);

  static Stream<String> names() {
    return Atlas.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void mapOnBoardIsANetworkThatIsWrittenAndReadBack(String name) {
    Network network = Atlas.network(name, ImportOptions.DEFAULT).network();
    assertThat(network).isEqualTo(Atlas.network(name, ImportOptions.DEFAULT).network());
    assertThat(
            TopologyReader.read(name, TopologyWriter.document(network), TopologyLimits.CONTROLLER))
        .isEqualTo(new TopologyReading.Valid(network));
  }

  @ParameterizedTest
  @CsvSource({"nsfnet, 13, 15", "nobel-us, 14, 21", "surfnet, 50, 68"})
  void mapOnBoardHasItsPublishedSize(String name, long places, long edges) {
    Network network = Atlas.network(name, ImportOptions.DEFAULT).network();
    long repeaters =
        network.nodes().values().stream().filter(node -> node.role() == NodeRole.REPEATER).count();
    assertThat(network.nodes().size() - repeaters).isEqualTo(places);
    // Each repeater cuts one link in two.
    assertThat(network.links().size() - repeaters).isEqualTo(edges);
    assertThat(network.links().values()).allMatch(link -> link.medium().lengthKm() <= 80);
  }

  @Test
  void fiberIsLongerThanTheGreatCircleByTheDetour() {
    String map = gml(node(0, "A", 0, 0) + node(1, "B", 0, 0.5) + edge(0, 1));
    assertThat(lengthKm(Atlas.read("m.gml", map, PLAIN), "a--b")).isCloseTo(55.597, within(1e-3));
    assertThat(lengthKm(Atlas.read("m.gml", map, ImportOptions.DEFAULT), "a--b"))
        .isCloseTo(72.277, within(1e-3));
  }

  @Test
  void longEdgeIsCutIntoEqualSectionsByRepeaters() {
    Imported imported =
        Atlas.read("m.gml", gml(node(0, "A", 0, 0) + node(1, "B", 2, 0) + edge(0, 1)), PLAIN);
    Network network = imported.network();
    assertThat(network.nodes().keySet())
        .extracting(NodeId::value)
        .containsExactly("a", "b", "a--b--r1", "a--b--r2");
    assertThat(network.node(NodeId.of("a--b--r1")).role()).isEqualTo(NodeRole.REPEATER);
    assertThat(network.links().keySet())
        .extracting(LinkId::value)
        .containsExactly("a--b--s1", "a--b--s2", "a--b--s3");
    assertThat(network.links().values())
        .allSatisfy(link -> assertThat(link.medium().lengthKm()).isCloseTo(74.130, within(1e-3)));
    Link last = network.link(LinkId.of("a--b--s3"));
    assertThat(last.a()).isEqualTo(NodeId.of("a--b--r2"));
    assertThat(last.b()).isEqualTo(NodeId.of("b"));
    assertThat(imported.notes())
        .containsExactly("edges longer than 80.0 km, cut into equal sections: 1, by repeaters: 2");
  }

  @Test
  void parallelEdgesStayAndLoopsGo() {
    Imported imported =
        Atlas.read(
            "m.gml",
            gml(
                node(0, "A", 0, 0)
                    + node(1, "B", 0.1, 0)
                    + edge(0, 1)
                    + edge(1, 0)
                    + edge(0, 1)
                    + edge(1, 1)),
            PLAIN);
    assertThat(imported.network().links().keySet())
        .extracting(LinkId::value)
        .containsExactly("a--b", "b--a", "a--b--2");
    assertThat(imported.notes()).containsExactly("edges from a node to itself, left out: 1");
  }

  @Test
  void namesAreMendedAndThoseThatRepeatAreNumbered() {
    Imported imported =
        Atlas.read(
            "m.gml",
            gml(
                node(0, "Gary?", 0, 0)
                    + node(1, "gary", 0, 0.1)
                    + node(2, "Gary 2", 0, 0.2)
                    + node(3, "Curaçao/São José dos Campos", 0, 0.3)
                    + node(4, "None", 0, 0.4)
                    + node(5, "???", 0, 0.5)
                    + node(6, "gary", 0, 0.6)),
            PLAIN);
    assertThat(imported.network().nodes().keySet())
        .extracting(NodeId::value)
        .containsExactly(
            "gary", "gary-2", "gary-2-2", "curacao-sao-jose-dos", "node-4", "node-5", "gary-3");
    assertThat(imported.notes())
        .containsExactly(
            "nodes with a name that repeats, numbered (3): gary-2, gary-2-2, gary-3",
            "the network is in 7 parts that no link joins");
  }

  @Test
  void nodesWithoutCoordinatesRestBetweenTheirNeighbours() {
    Imported imported =
        Atlas.read(
            "m.gml",
            gml(
                node(0, "A", 0, 179.7)
                    + unlocated(1, "None")
                    + unlocated(2, "X")
                    + node(3, "B", 0, -179.7)
                    + edge(0, 1)
                    + edge(1, 2)
                    + edge(2, 3)),
            PLAIN);
    // 0.6 degrees over the date line, in three.
    for (String link : new String[] {"a--node-1", "node-1--x", "x--b"}) {
      assertThat(lengthKm(imported, link)).isCloseTo(22.239, within(2e-3));
    }
    assertThat(imported.notes())
        .containsExactly(
            "nodes without coordinates, put between their neighbours (2): None (1), X (2)");
  }

  @Test
  void nodesThatCouldBeAnywhereAreLeftOut() {
    Imported imported =
        Atlas.read(
            "m.gml",
            gml(
                node(0, "A", 0, 0)
                    + node(1, "B", 0, 0.1)
                    + unlocated(2, "End")
                    + unlocated(3, "Spur")
                    + unlocated(4, "P")
                    + unlocated(5, "Q")
                    + unlocated(6, "R")
                    + edge(0, 1)
                    + edge(1, 2)
                    + edge(2, 3)
                    + edge(4, 5)
                    + edge(5, 6)
                    + edge(6, 4)),
            PLAIN);
    assertThat(imported.network().nodes().keySet())
        .extracting(NodeId::value)
        .containsExactly("a", "b");
    assertThat(imported.network().links()).hasSize(1);
    assertThat(imported.notes())
        .containsExactly(
            "nodes without coordinates at the end of a line, left out with their edges (5):"
                + " End (2), Spur (3), P (4), Q (5), R (6)");
  }

  @Test
  void jsonLengthsGoBeforePositions() {
    String map =
        """
        {"directed": false, "graph": {"name": "two"},
         "nodes": [{"id": 0, "name": "A", "pos": [0, 0]}, {"id": "x", "name": "B", "pos": [0.5, 0]}],
         "links": [{"source": 0, "target": "x", "dist": 40}, {"source": "x", "target": 0}]}
        """;
    Imported imported = Atlas.read("m.json", map, PLAIN);
    assertThat(imported.network().name()).isEqualTo("two");
    assertThat(lengthKm(imported, "a--b")).isEqualTo(40);
    assertThat(lengthKm(imported, "b--a")).isCloseTo(55.597, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "m.txt|graph []|file (m.txt) must be a map whose name ends in .gml or .json",
        "m.gml||m.gml: must have a graph [ ... ]",
        "m.gml|graph [ ]|m.gml: the map must have at least one node",
        "m.gml|graph [ node [ id 0 ]|m.gml:1: is not GML: the document ends before its last ]",
        "m.gml|graph [ node ]|m.gml:1: is not GML: node must have a value",
        "m.gml|graph [ 7 8 ]|m.gml:1: is not GML: (7) must be a key, which begins with a letter",
        "m.gml|graph [ label \"x ]|m.gml:1: is not GML: label must have a value",
        "m.gml|graph [ directed 1 ]|m.gml:1: directed must be 0: a link serves both its ends",
        "m.gml|graph [ node [ label \"a\" ] ]|m.gml:1: node must have id",
        "m.gml|graph [ node [ id 0 ] node [ id 0 ] ]|m.gml:1: node id (0) must be unique",
        "m.gml|graph [ node [ id 0 ] edge [ source 0 target 9 ] ]|m.gml:1: node (9) is not in the map",
        "m.gml|graph [ node [ id 0 Latitude 91 Longitude 0 ] ]|m.gml:1: latitude (91.0) must be in",
        "m.gml|graph [ node [ id 0 Latitude x Longitude 0 ] ]|m.gml:1: Latitude (x) must be a number",
        "m.gml|graph [ node [ id 0 ] ]|m: without the nodes",
        "m.json|{|m.json: is not JSON",
        "m.json|[]|m.json must be an object",
        "m.json|{\"nodes\": 1}|m.json: must have a list of nodes",
        "m.json|{\"nodes\": [], \"edges\": []}|m.json: the map must have at least one node",
        "m.json|{\"nodes\": [{\"id\": 1, \"pos\": [1]}]}|m.json: nodes[0].pos ([1]) must be",
        "m.json|{\"nodes\": [{\"id\": 1, \"pos\": [181, 0]}]}|m.json: nodes[0].pos: longitude (181.0)",
        "m.json|{\"nodes\": [{\"id\": 1}], \"edges\": [{\"source\": 1}]}|m.json: edges[0] must have target",
        "m.json|{\"nodes\": [{\"id\": 1}], \"edges\": [{\"source\": 1, \"target\": 1, \"dist\": -1}]}|m.json: edges[0].dist (-1)",
        "m.json|{\"directed\": true}|m.json: directed must be false",
      })
  void mistakenMapIsRefusedByItsPlace(String name, String text, String beginning) {
    assertThatThrownBy(() -> Atlas.read(name, text == null ? "" : text, PLAIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(beginning);
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> Atlas.read("m.gml", "a [ ".repeat(100_000), PLAIN))
        .hasMessage("m.gml:1: is not GML: nesting must be at most 16 deep");
  }

  @Test
  void mapOfTooManySectionsIsRefused() {
    StringBuilder map = new StringBuilder(node(0, "A", 90, 0) + node(1, "B", -90, 0));
    for (int i = 0; i < 11; i++) {
      map.append(edge(0, 1));
    }
    assertThatThrownBy(() -> Atlas.read("m.gml", gml(map.toString()), PLAIN.withRepeaterKm(1)))
        .hasMessageStartingWith("repeaterKm (1.0) must leave at most 200000 nodes");
  }

  @ParameterizedTest
  @CsvSource({"0.9", "11", "NaN"})
  void detourOutOfRangeIsRefused(double factor) {
    assertThatThrownBy(() -> PLAIN.withDetourFactor(factor))
        .hasMessage("detourFactor (" + factor + ") must be in [1, 10.0]");
  }

  @ParameterizedTest
  @CsvSource({"0", "121", "NaN"})
  void sectionsThatNoLinkServesAreRefused(double km) {
    assertThatThrownBy(() -> PLAIN.withRepeaterKm(km))
        .hasMessageStartingWith("repeaterKm (" + km + ") must be in [1.0, 120.0]");
  }

  private static double lengthKm(Imported imported, String link) {
    return imported.network().link(LinkId.of(link)).medium().lengthKm();
  }

  private static String gml(String content) {
    return "# made for a test\ngraph [\n  label \"Test\"\n" + content + "]\n";
  }

  private static String node(int id, String label, double latitude, double longitude) {
    return "  node [ id %d label \"%s\" Latitude %s Longitude %s ]\n"
        .formatted(id, label, latitude, longitude);
  }

  private static String unlocated(int id, String label) {
    return "  node [ id %d label \"%s\" ]\n".formatted(id, label);
  }

  private static String edge(int source, int target) {
    return "  edge [ source %d target %d ]\n".formatted(source, target);
  }
}
