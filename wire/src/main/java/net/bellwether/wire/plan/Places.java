package net.bellwether.wire.plan;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bellwether.topology.Network;
import net.bellwether.topology.document.NearestName;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Names of a network's nodes and links, and what is said of a name that it does not have.
record Places(Network network) {
  private static final String NODE = "node:";
  private static final String LINK = "link:";

  /// A message may list so many names.
  private static final int LISTED_MAX = 40;

  /// Nodes and links that were named together.
  record Named(Set<NodeId> nodes, Set<LinkId> links) {
    int size() {
      return nodes.size() + links.size();
    }
  }

  NodeId node(String field, String name) {
    return findNode(name)
        .orElseThrow(() ->
            new QuestionMistake(
                field,
                "(%s) is not a node of %s%s"
                    .formatted(name, network.name(), hint("nodes", name, nodeNames()))));
  }

  /// The link called `name`, which was `written` with more around it.
  LinkId link(String field, String written, String name) {
    return findLink(name)
        .orElseThrow(() ->
            new QuestionMistake(
                field,
                "(%s) names no link of %s%s"
                    .formatted(written, network.name(), hint("links", name, linkNames()))));
  }

  /// Each of `names` is that of a node or a link; `node:NAME` and `link:NAME` say which.
  Named named(String field, Collection<String> names) {
    Set<NodeId> nodes = new LinkedHashSet<>();
    Set<LinkId> links = new LinkedHashSet<>();
    for (String name : names) {
      if (name.startsWith(NODE)) {
        nodes.add(node(field, name.substring(NODE.length())));
      } else if (name.startsWith(LINK)) {
        links.add(link(field, name, name.substring(LINK.length())));
      } else {
        Optional<NodeId> node = findNode(name);
        Optional<LinkId> link = findLink(name);
        requireOne(field, name, node.isPresent(), link.isPresent());
        node.ifPresent(nodes::add);
        link.ifPresent(links::add);
      }
    }
    return new Named(nodes, links);
  }

  private void requireOne(String field, String name, boolean isNode, boolean isLink) {
    if (isNode && isLink) {
      throw new QuestionMistake(
          field,
          "(%s) is both a node and a link of %s; say %s%s or %s%s"
              .formatted(name, network.name(), NODE, name, LINK, name));
    }
    if (!isNode && !isLink) {
      List<String> all = Stream.concat(nodeNames().stream(), linkNames().stream()).toList();
      throw new QuestionMistake(
          field,
          "(%s) is neither a node nor a link of %s%s"
              .formatted(name, network.name(), hint("nodes and links", name, all)));
    }
  }

  private Optional<NodeId> findNode(String name) {
    return id(name, NodeId::of).filter(network.nodes()::containsKey);
  }

  private Optional<LinkId> findLink(String name) {
    return id(name, LinkId::of).filter(network.links()::containsKey);
  }

  private static <T> Optional<T> id(String name, Function<String, T> of) {
    try {
      return Optional.of(of.apply(name));
    } catch (IllegalArgumentException _) {
      // What is no name at all is nobody's.
      return Optional.empty();
    }
  }

  private List<String> nodeNames() {
    return network.nodes().keySet().stream().map(NodeId::value).toList();
  }

  private List<String> linkNames() {
    return network.links().keySet().stream().map(LinkId::value).toList();
  }

  /// For example `; did you mean chicago? nodes: chicago, argonne`.
  private static String hint(String kind, String name, List<String> names) {
    String near = NearestName.find(name, names).map(it -> "; did you mean " + it + "?").orElse(";");
    String more = names.size() > LISTED_MAX ? " and " + (names.size() - LISTED_MAX) + " more" : "";
    return "%s %s: %s%s"
        .formatted(
            near, kind, names.stream().limit(LISTED_MAX).collect(Collectors.joining(", ")), more);
  }
}
