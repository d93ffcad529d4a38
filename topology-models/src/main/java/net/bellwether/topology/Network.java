package net.bellwether.topology;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// A network as one immutable value, in the order of its file. References are checked: every link
/// and QKD module joins two nodes that exist.
public record Network(
    String name,
    SequencedMap<NodeId, Node> nodes,
    SequencedMap<LinkId, Link> links,
    List<QkdModule> qkdModules) {
  public Network {
    nodes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(nodes));
    links = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(links));
    qkdModules = List.copyOf(qkdModules);
    for (Link link : links.values()) {
      requireNode(nodes, link.id(), link.a());
      requireNode(nodes, link.id(), link.b());
    }
    for (QkdModule module : qkdModules) {
      requireNode(nodes, module.id(), module.a());
      requireNode(nodes, module.id(), module.b());
    }
  }

  private static void requireNode(Map<NodeId, Node> nodes, LinkId link, NodeId node) {
    if (!nodes.containsKey(node)) {
      throw new IllegalArgumentException("link " + link + " ends at unknown node " + node);
    }
  }

  public Optional<Node> findNode(NodeId id) {
    return Optional.ofNullable(nodes.get(id));
  }

  public Node node(NodeId id) {
    return findNode(id)
        .orElseThrow(() -> new IllegalArgumentException("node (" + id + ") is not in " + name));
  }

  public Optional<Link> findLink(LinkId id) {
    return Optional.ofNullable(links.get(id));
  }

  public Link link(LinkId id) {
    return findLink(id)
        .orElseThrow(() -> new IllegalArgumentException("link (" + id + ") is not in " + name));
  }
}
