package net.bellwether.topology.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bellwether.topology.Network;
import net.bellwether.topology.document.Mistake;
import net.bellwether.topology.generate.NetworkBlueprint;
import net.bellwether.topology.generate.NetworkGenerator;
import net.bellwether.topology.generate.NetworkModel;
import org.junit.jupiter.api.Test;

class TopologyLimitsTest {
  private static final Network LARGE =
      NetworkGenerator.generate(NetworkBlueprint.of(NetworkModel.WAXMAN, 11_000, 1));

  @Test
  void networkTooLargeForAControllerIsReadFromAFile() {
    String document = TopologyWriter.document(LARGE);
    assertThat(TopologyLimits.CONTROLLER.admit(LARGE, document)).isFalse();
    assertThat(TopologyLimits.FILE.admit(LARGE, document)).isTrue();
    assertThat(TopologyReader.read("large.yaml", document))
        .isInstanceOf(TopologyReading.Invalid.class);
    assertThat(TopologyReader.read("large.yaml", document, TopologyLimits.FILE))
        .isEqualTo(new TopologyReading.Valid(LARGE));
  }

  @Test
  void numbersOfNodesAndLinksAreLimitedEach() {
    String document = TopologyWriter.document(chain(4));
    assertThat(mistakes(document, new TopologyLimits(10_000, 3, 3, 0)))
        .startsWith("t.yaml:4: nodes: (4 entries) must have at most 3");
    assertThat(mistakes(document, new TopologyLimits(10_000, 4, 2, 0)))
        .containsExactly("t.yaml:25: links: (3 entries) must have at most 2");
    assertThat(new TopologyLimits(10_000, 4, 2, 0).admit(chain(4), document)).isFalse();
    assertThat(new TopologyLimits(10_000, 4, 3, 0).admit(chain(4), document)).isTrue();
  }

  @Test
  void thousandsOfDanglingEndsCarryAHintInTheFirstOnly() {
    String document = TopologyWriter.document(chain(500)).replaceAll("(?m)^    b: n", "    b: m");
    List<String> mistakes = mistakes(document, TopologyLimits.FILE);
    assertThat(mistakes).hasSize(499);
    assertThat(mistakes.getFirst())
        .endsWith("links[0].b: node (m2) is not in nodes; did you mean n2?");
    assertThat(mistakes.getLast()).endsWith("links[498].b: node (m500) is not in nodes");
  }

  private static Network chain(int nodes) {
    return NetworkGenerator.generate(NetworkBlueprint.of(NetworkModel.CHAIN, nodes, 1));
  }

  private static List<String> mistakes(String text, TopologyLimits limits) {
    return switch (TopologyReader.read("t.yaml", text, limits)) {
      case TopologyReading.Invalid invalid ->
          invalid.mistakes().stream().map(Mistake::toString).toList();
      case TopologyReading.Valid valid -> throw new AssertionError("accepted: " + valid);
    };
  }
}
