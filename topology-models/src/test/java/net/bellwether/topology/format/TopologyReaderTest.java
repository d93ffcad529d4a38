package net.bellwether.topology.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.document.Mistake;
import net.bellwether.topology.document.Mistakes;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import org.junit.jupiter.api.Test;

class TopologyReaderTest {
  @Test
  void everyFieldArrivesInTheNetwork() throws IOException {
    Network network = valid(resource("valid.yaml"));

    assertThat(network.name()).isEqualTo("all fields");
    assertThat(network.nodes().keySet())
        .containsExactly(NodeId.of("west"), NodeId.of("mid"), NodeId.of("east"));
    assertThat(network.node(NodeId.of("west")))
        .isEqualTo(
            new Node(
                NodeId.of("west"),
                NodeRole.END_NODE,
                new Qubits(512, 10, 1),
                new Qubits(600, 100, 10),
                new Operations(0.998, 0.002, 0.5)));
    assertThat(network.link(LinkId.of("west-mid")))
        .isEqualTo(
            new Link(
                LinkId.of("west-mid"),
                NodeId.of("west"),
                NodeId.of("mid"),
                new Medium.Fiber(50, 0.2),
                new Heralding.SingleClick(0.5, 0.4, 0.98, 10, 1e-9),
                1e6,
                16,
                32,
                List.of(new GenerationMode("bright", 0.05), new GenerationMode("dim", 0.01))));
    assertThat(network.links().values())
        .extracting(Link::medium)
        .contains(
            new Medium.HollowCoreFiber(20, 0.05),
            new Medium.FreeSpace(10, 1550, 0.05, 0.1, 0.7),
            new Medium.Satellite(1000, 500, 45, 50, 810, 0.15, 0.5, 0.8, 0.9));
    assertThat(network.links().values())
        .extracting(Link::heralding)
        .contains(
            new Heralding.DoubleClick(0.5, 0.5, 0.9, 10, 1e-9),
            new Heralding.MiddleSource(0.3, 0.2, 0.99, 100, 1e-9));
    assertThat(network.qkdModules()).hasSize(1);
    assertThat(network.qkdModules().getFirst().secretKeyBitsPerSecond()).isEqualTo(2000);
  }

  @Test
  void allMistakesAreReportedAtOnceWithLineFieldAndRule() throws IOException {
    List<String> mistakes = mistakes(resource("mistaken.yaml"));

    assertThat(String.join("\n", mistakes) + "\n").isEqualTo(resource("mistaken.txt"));
  }

  @Test
  void brokenYamlIsReportedWithItsLine() {
    assertThat(mistakes("bellwether: v1\nname: [a, b\n"))
        .containsExactly(
            "t.yaml:3: is not YAML: expected ',' or ']', but got <stream end> (while parsing a"
                + " flow sequence)");
    assertThat(mistakes("bellwether: v1\n\tname: x\n").getFirst()).startsWith("t.yaml:2: ");
    assertThat(mistakes("bellwether: v1\nname: \u0001"))
        .containsExactly("t.yaml:2: is not YAML: character U+0001 is not allowed");
    assertThat(mistakes("%YAML 2.0\n---\na: 1\n").getFirst()).contains("must be YAML 1.2");
  }

  @Test
  void emptyDocumentIsRefused() {
    assertThat(mistakes("")).containsExactly("t.yaml:1: the document is empty");
    assertThat(mistakes("# only a comment\n")).containsExactly("t.yaml:1: the document is empty");
  }

  @Test
  void documentOverOneMebibyteIsRefused() {
    assertThat(mistakes("#" + "x".repeat(TopologyReader.DOCUMENT_BYTES_MAX)))
        .containsExactly("t.yaml:1: the document must be at most 3145728 bytes");
    // The limit is in bytes: this one has fewer characters than the limit.
    assertThat(mistakes("#" + "ü".repeat(TopologyReader.DOCUMENT_BYTES_MAX / 2)))
        .containsExactly("t.yaml:1: the document must be at most 3145728 bytes");
  }

  @Test
  void deepNestingIsRefused() {
    String refusal = "nesting must be at most 16 deep";
    assertThat(mistakes("[".repeat(100_000))).containsExactly("t.yaml:1: " + refusal);
    assertThat(mistakes("{a: ".repeat(100_000))).containsExactly("t.yaml:1: " + refusal);
    assertThat(mistakes("a:\n" + "- ".repeat(100_000))).containsExactly("t.yaml:2: " + refusal);
  }

  @Test
  void aliasesAreRefusedSoThatNoneCanMultiply() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(mistakes(bomb.toString()))
        .contains("t.yaml:1: anchor (&a0) is not part of the format; write the value out")
        .contains("t.yaml:2: alias (*a0) is not part of the format; write the value out");
  }

  @Test
  void tagsAndSecondDocumentsAreRefused() {
    assertThat(mistakes("name: !!int 3\n"))
        .contains("t.yaml:1: tag (tag:yaml.org,2002:int) is not part of the format");
    assertThat(mistakes("name: x\n---\nname: y\n"))
        .contains("t.yaml:2: a second document begins here; the format takes one");
  }

  @Test
  void listOfMistakesIsBoundedAndSaysSo() {
    List<String> mistakes = mistakes("x: 1\n".repeat(5_000));

    assertThat(mistakes).hasSize(Mistakes.MISTAKES_MAX + 1);
    assertThat(mistakes.getLast()).endsWith("4003 more mistakes are not listed; mend these first");
  }

  @Test
  void controlCharactersOfTheDocumentDoNotReachTheTerminal() {
    List<String> mistakes = mistakes("\"\\e[31mred\": 1\n");

    assertThat(mistakes.getFirst()).isEqualTo("t.yaml:1: ?[31mred: unknown field");
  }

  @Test
  void tooManyNodesAreRefused() {
    assertThat(mistakes("nodes: [" + "x, ".repeat(10_001) + "]"))
        .contains("t.yaml:1: nodes: (10001 entries) must have at most 10000");
  }

  @Test
  void mistakenNumberDoesNotHideTheNextOne() {
    assertThat(
            mistakes(
                minimal().replace("t1Seconds: 10, t2Seconds: 1", "t1Seconds: x, t2Seconds: 0")))
        .containsExactly(
            "t.yaml:6: nodes[0].communicationQubits.t1Seconds: must be a number, not \"x\"",
            "t.yaml:6: nodes[0].communicationQubits.t2Seconds: t2Seconds (0.0) must be positive and"
                + " finite");
  }

  @Test
  void nodeNeedsTheQubitsOfEachSingleLinkOnly() throws IOException {
    // mid has three links of 512 + 1 + 1 and 512 qubits of each kind.
    assertThat(valid(resource("valid.yaml")).links()).hasSizeGreaterThan(2);

    assertThat(mistakes(resource("valid.yaml").replace("{count: 600", "{count: 511")))
        .containsExactly(
            "t.yaml:7: nodes[0].memoryQubits.count: (511) must be at least the multiplexing of link"
                + " west-mid (16 channels x 32 memoryModes = 512)");
  }

  @Test
  void multiplexingDoesNotOverflow() throws IOException {
    assertThat(mistakes(resource("valid.yaml").replace("channels: 16", "channels: 134217728")))
        .contains(
            "t.yaml:27: links[0].memoryModes: channels x memoryModes (4294967296) must be at most"
                + " 1000000");
  }

  @Test
  void exampleOfTheDocumentationIsValid() throws IOException {
    String page = Files.readString(Path.of("../docs/topology-format.md"));
    String example = page.substring(page.indexOf("```yaml\n") + 8);

    assertThat(valid(example.substring(0, example.indexOf("```"))).links()).hasSize(1);
  }

  @Test
  void networkWithoutLinksIsANetwork() {
    assertThat(valid(minimal()).links()).isEmpty();
  }

  static String minimal() {
    return """
    bellwether: v1
    name: minimal
    nodes:
      - name: west
        role: end-node
        communicationQubits: {count: 1, t1Seconds: 10, t2Seconds: 1}
        memoryQubits: {count: 1, t1Seconds: 100, t2Seconds: 10}
        operations: {gateFidelity: 1, readoutErrorProbability: 0, swapSuccessProbability: 1}
    """;
  }

  static List<String> mistakes(String text) {
    return switch (TopologyReader.read("t.yaml", text)) {
      case TopologyReading.Invalid invalid ->
          invalid.mistakes().stream().map(Mistake::toString).toList();
      case TopologyReading.Valid valid -> throw new AssertionError("accepted: " + valid);
    };
  }

  static Network valid(String text) {
    return switch (TopologyReader.read("t.yaml", text)) {
      case TopologyReading.Valid valid -> valid.network();
      case TopologyReading.Invalid invalid -> throw new AssertionError(invalid.mistakes());
    };
  }

  static String resource(String name) throws IOException {
    try (var in =
        Objects.requireNonNull(TopologyReaderTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
