package net.bellwether.scheduler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Networks in text: `A -20km- B -35km- C; A -70km- C`. Names in capitals are end nodes, others
/// repeaters. A link is named by its ends.
final class TextNetwork {
  private static final Pattern HOP = Pattern.compile("\\s*-(\\d+)km-\\s*(\\w+)");

  private Operations operations = new Operations(0.998, 0.002, 1);
  private Qubits memory = new Qubits(512, 100, 1);
  private int multiplexing = 64;
  private List<GenerationMode> modes =
      List.of(
          new GenerationMode("fine", 0.02),
          new GenerationMode("middle", 0.05),
          new GenerationMode("bright", 0.12));

  static TextNetwork with() {
    return new TextNetwork();
  }

  static NetworkView view(String text) {
    return with().declared(text);
  }

  TextNetwork operations(Operations value) {
    operations = value;
    return this;
  }

  TextNetwork memory(Qubits value) {
    memory = value;
    return this;
  }

  TextNetwork multiplexing(int value) {
    multiplexing = value;
    return this;
  }

  TextNetwork modes(GenerationMode... values) {
    modes = List.of(values);
    return this;
  }

  NetworkView declared(String text) {
    return NetworkView.declared(network(text));
  }

  Network network(String text) {
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    SequencedMap<LinkId, Link> links = new LinkedHashMap<>();
    for (String chain : text.split(";", -1)) {
      String trimmed = chain.strip();
      String from = trimmed.split("[\\s-]", 2)[0];
      addNode(from, nodes);
      Matcher hop = HOP.matcher(trimmed);
      int at = from.length();
      while (hop.find(at)) {
        String to = hop.group(2);
        addNode(to, nodes);
        Link link = link(from, to, Integer.parseInt(hop.group(1)));
        links.put(link.id(), link);
        from = to;
        at = hop.end();
      }
    }
    return new Network("text", nodes, links, new ArrayList<>());
  }

  private void addNode(String name, SequencedMap<NodeId, Node> nodes) {
    boolean end = Character.isUpperCase(name.charAt(0));
    nodes.computeIfAbsent(
        node(name),
        id ->
            new Node(id, end ? NodeRole.END_NODE : NodeRole.REPEATER, memory, memory, operations));
  }

  private Link link(String from, String to, int lengthKm) {
    return new Link(
        LinkId.of(node(from) + "-" + node(to)),
        node(from),
        node(to),
        new Medium.Fiber(lengthKm, 0.2),
        new Heralding.SingleClick(0.5, 0.5, 0.98, 10, 1e-9),
        1e6,
        1,
        multiplexing,
        modes);
  }

  static NodeId node(String name) {
    return NodeId.of(name.toLowerCase(Locale.ROOT));
  }
}
