package net.bellwether.topology.format;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.bellwether.topology.Network;

/// The strict reader of topology documents (docs/topology-format.md). A pure function: it opens no
/// file. Values that are out of range are refused by the rules of [net.bellwether.topology]'s
/// records themselves.
public final class TopologyReader {
  /// A network of 10,000 nodes and their links, and less than a gRPC message.
  public static final int DOCUMENT_BYTES_MAX = 1 << 20;

  private TopologyReader() {}

  /// Reads `text`; `documentName` (usually the file's name) stands in the mistakes.
  public static TopologyReading read(String documentName, String text) {
    Mistakes mistakes = new Mistakes(documentName);
    Optional<Network> network = Optional.empty();
    if (isTooLarge(text)) {
      mistakes.add(1, "", "the document must be at most " + DOCUMENT_BYTES_MAX + " bytes");
    } else {
      network =
          YamlTree.parse(text, mistakes)
              .flatMap(tree -> FieldReader.of(tree, Shape.DOCUMENT, "", mistakes))
              .flatMap(NetworkBuilder::network);
    }
    return network.isPresent() && mistakes.isEmpty()
        ? new TopologyReading.Valid(network.get())
        : new TopologyReading.Invalid(mistakes.list());
  }

  private static boolean isTooLarge(String text) {
    return text.length() > DOCUMENT_BYTES_MAX
        || text.getBytes(StandardCharsets.UTF_8).length > DOCUMENT_BYTES_MAX;
  }
}
