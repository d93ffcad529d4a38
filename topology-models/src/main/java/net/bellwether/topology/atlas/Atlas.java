package net.bellwether.topology.atlas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads maps of real networks: GML as the Internet Topology Zoo publishes it, and node-link JSON
/// as TopoHub does. Pure functions; a few maps are on board.
///
/// Every place becomes an end node, every edge a link of standard devices or, where it is long, a
/// chain of them. Parallel edges stay. Mistakes of the map are mended with a note where the network
/// keeps its meaning, and refused with an IllegalArgumentException that names file and place where
/// it would not.
public final class Atlas {
  /// The largest published map has some MiB.
  public static final int DOCUMENT_CHARACTERS_MAX = 1 << 26;

  private static final List<String> NAMES = List.of("nsfnet", "nobel-us", "surfnet");

  private Atlas() {}

  /// The network of a map; the end of `documentName`, `.gml` or `.json`, says how to read it.
  public static Imported read(String documentName, String text, ImportOptions options) {
    if (text.length() > DOCUMENT_CHARACTERS_MAX) {
      throw new IllegalArgumentException(
          "%s: the document must be at most %d characters"
              .formatted(documentName, DOCUMENT_CHARACTERS_MAX));
    }
    List<String> notes = new ArrayList<>();
    NetworkMap located = Positions.mend(parsed(documentName, text), notes);
    return new Imported(Assembly.network(located, options, notes), notes);
  }

  private static NetworkMap parsed(String documentName, String text) {
    String name = documentName.toLowerCase(Locale.ROOT);
    if (name.endsWith(".gml")) {
      return GmlMap.parse(documentName, text);
    }
    if (name.endsWith(".json")) {
      return NodeLinkMap.parse(documentName, text);
    }
    throw new IllegalArgumentException(
        "file (" + documentName + ") must be a map whose name ends in .gml or .json");
  }

  /// The maps on board; their sources and licence stand beside them in `public/README.md`.
  public static List<String> names() {
    return NAMES;
  }

  /// The network of a map on board. Throws IllegalArgumentException for any other name.
  public static Imported network(String name, ImportOptions options) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "map (" + name + ") must be one of " + String.join(", ", NAMES));
    }
    String file = "/net/bellwether/topology/public/" + name + ".json";
    try (InputStream in = Atlas.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the program was packaged without " + file);
      }
      return read(name + ".json", new String(in.readAllBytes(), StandardCharsets.UTF_8), options);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
