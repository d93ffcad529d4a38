package net.bellwether.topology.atlas;

import java.util.Optional;
import java.util.OptionalDouble;

/// A map in GML, as the Internet Topology Zoo writes it \[knight2011\]: nodes with `label`,
/// `Latitude` and `Longitude`.
final class GmlMap {
  private final String documentName;

  private GmlMap(String documentName) {
    this.documentName = documentName;
  }

  static NetworkMap parse(String documentName, String text) {
    return new GmlMap(documentName).map(Gml.parse(documentName, text));
  }

  private NetworkMap map(Gml document) {
    Gml graph =
        document
            .all("graph")
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException(documentName + ": must have a graph [ ... ]"));
    if (graph.find("directed").filter(directed -> !directed.equals("0")).isPresent()) {
      throw new IllegalArgumentException(
          where(graph) + "directed must be 0: a link serves both its ends");
    }
    NetworkMap.Builder map =
        new NetworkMap.Builder(graph.find("label").orElse(MapNames.stem(documentName)));
    graph
        .all("node")
        .forEach(node ->
            map.place(place(node), get(node, "id"), node.find("label").orElse(""), position(node)));
    graph
        .all("edge")
        .forEach(edge ->
            map.edge(
                place(edge), get(edge, "source"), get(edge, "target"), OptionalDouble.empty()));
    return map.build(documentName);
  }

  private Optional<Position> position(Gml node) {
    if (node.find("Latitude").isEmpty() || node.find("Longitude").isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Position(number(node, "Latitude"), number(node, "Longitude")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where(node) + e.getMessage(), e);
    }
  }

  private static double number(Gml node, String field) {
    String text = node.find(field).orElse("");
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(field + " (" + text + ") must be a number");
    }
  }

  private String get(Gml owner, String field) {
    return owner
        .find(field)
        .orElseThrow(
            () -> new IllegalArgumentException(where(owner) + owner.key() + " must have " + field));
  }

  private String place(Gml at) {
    return documentName + ":" + at.line();
  }

  private String where(Gml at) {
    return place(at) + ": ";
  }
}
