package net.bellwether.topology.format;

import java.util.Optional;
import net.bellwether.topology.Network;
import net.bellwether.topology.document.FieldReader;
import net.bellwether.topology.document.Mistakes;

/// The strict reader of topology documents (docs/topology-format.md). A pure function: it opens no
/// file. Values that are out of range are refused by the rules of [net.bellwether.topology]'s
/// records themselves.
public final class TopologyReader {
  /// A network of a few thousand nodes and their links, and less than a gRPC message.
  public static final int DOCUMENT_BYTES_MAX = 3 << 20;

  private TopologyReader() {}

  /// Reads `text` within the limits of a controller; `documentName` (usually the file's name)
  /// stands in the mistakes.
  public static TopologyReading read(String documentName, String text) {
    return read(documentName, text, TopologyLimits.CONTROLLER);
  }

  /// Reads `text` within `limits`.
  public static TopologyReading read(String documentName, String text, TopologyLimits limits) {
    Mistakes mistakes = new Mistakes(documentName);
    Optional<Network> network = Optional.empty();
    if (limits.admitSize(text)) {
      network =
          FieldReader.ofDocument(text, Shape.DOCUMENT, mistakes)
              .flatMap(document -> NetworkBuilder.network(document, limits, 0));
    } else {
      mistakes.add(1, "", "the document must be at most " + limits.documentBytesMax() + " bytes");
    }
    return network.isPresent() && mistakes.isEmpty()
        ? new TopologyReading.Valid(network.get())
        : new TopologyReading.Invalid(mistakes.list());
  }

  /// The network whose topology stands under `field` of a larger document; empty where it has
  /// mistakes, which are reported with those of that document.
  public static Optional<Network> readWithin(FieldReader document, String field) {
    int mistakesBefore = document.mistakeCount();
    return document
        .child(field, Shape.DOCUMENT)
        .flatMap(topology ->
            NetworkBuilder.network(topology, TopologyLimits.CONTROLLER, mistakesBefore));
  }
}
