package net.bellwether.topology.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.id.NodeId;

/// The scenario library: networks whose device assumptions and targets are stated in their
/// documents.
public final class Scenarios {
  private static final List<String> NAMES =
      List.of("qit-chicago", "cambridge-loop", "repeater-50km");

  private Scenarios() {}

  public static List<String> names() {
    return NAMES;
  }

  /// The YAML document of a scenario. Throws IllegalArgumentException for any other name.
  public static String document(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "scenario (" + name + ") must be one of " + String.join(", ", NAMES));
    }
    String file = name + ".yaml";
    try (InputStream in = Scenarios.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the program was packaged without " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// Two nodes between which a network shows what it can do.
  public record Ends(NodeId from, NodeId to) {}

  /// The first and the last end node of a network. IllegalArgumentException where it has not two.
  public static Ends demoEnds(Network network) {
    List<NodeId> ends =
        network.nodes().values().stream()
            .filter(node -> node.role() == NodeRole.END_NODE)
            .map(Node::id)
            .toList();
    if (ends.size() < 2) {
      throw new IllegalArgumentException(
          "network " + network.name() + " must have two end nodes, not " + ends.size());
    }
    return new Ends(ends.getFirst(), ends.getLast());
  }
}
