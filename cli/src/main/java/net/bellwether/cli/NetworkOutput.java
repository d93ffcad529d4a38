package net.bellwether.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import net.bellwether.topology.Network;
import net.bellwether.topology.format.TopologyWriter;
import org.jspecify.annotations.Nullable;

/// Where a network that was made here goes: its document to standard output, or to a file.
final class NetworkOutput {
  private NetworkOutput() {}

  static void print(Bellctl root, Network network, @Nullable Path file) {
    if (file != null) {
      write(network, file);
      Answers.print(
          root,
          tree(network, "file", file.toString()),
          () ->
              "%s: network %s with %d nodes and %d links\n"
                  .formatted(file, network.name(), network.nodes().size(), network.links().size()));
    } else if (root.format() == OutputFormat.TABLE) {
      // Straight through: large documents need not stand in memory.
      try {
        TopologyWriter.write(network, root.out());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      root.out().flush();
    } else {
      String document = TopologyWriter.document(network);
      Answers.print(root, tree(network, "document", document), () -> document);
    }
  }

  private static void write(Network network, Path file) {
    try (Writer out = Files.newBufferedWriter(file)) {
      TopologyWriter.write(network, out);
    } catch (IOException e) {
      throw new CommandFailure(Exit.USAGE, "file (" + file + ") cannot be written: " + e);
    }
  }

  private static SequencedMap<String, @Nullable Object> tree(
      Network network, String field, String value) {
    SequencedMap<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("name", network.name());
    tree.put("nodeCount", network.nodes().size());
    tree.put("linkCount", network.links().size());
    tree.put(field, value);
    return tree;
  }
}
