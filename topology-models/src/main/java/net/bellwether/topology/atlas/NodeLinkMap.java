package net.bellwether.topology.atlas;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A map in node-link JSON, as TopoHub writes it \[jurkiewicz2023\]: nodes with `id`, `name` and
/// `pos` (longitude, latitude), edges with `source`, `target` and `dist` in km. JSON is YAML, so
/// the parser of topology documents reads it.
final class NodeLinkMap {
  private final String documentName;

  private NodeLinkMap(String documentName) {
    this.documentName = documentName;
  }

  static NetworkMap parse(String documentName, String text) {
    return new NodeLinkMap(documentName).map(load(documentName, text));
  }

  private static @Nullable Object load(String documentName, String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(text.length() + 1)
            .setMaxAliasesForCollections(0)
            .build();
    try {
      return new Load(settings).loadFromString(text);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(documentName + ": is not JSON: " + e.getMessage(), e);
    }
  }

  private NetworkMap map(@Nullable Object document) {
    Map<?, ?> root = object(documentName, document);
    if (Boolean.TRUE.equals(root.get("directed"))) {
      throw new IllegalArgumentException(
          documentName + ": directed must be false: a link serves both its ends");
    }
    Object name = root.get("graph") instanceof Map<?, ?> graph ? graph.get("name") : null;
    NetworkMap.Builder map =
        new NetworkMap.Builder(name == null ? MapNames.stem(documentName) : name.toString());
    List<?> nodes = list(root, "nodes");
    for (int i = 0; i < nodes.size(); i++) {
      String where = documentName + ": nodes[" + i + "]";
      Map<?, ?> node = object(where, nodes.get(i));
      Object label = node.get("name");
      map.place(
          where,
          get(where, node, "id"),
          label == null ? "" : label.toString(),
          position(where, node));
    }
    String edgesField = root.containsKey("edges") ? "edges" : "links";
    List<?> edges = list(root, edgesField);
    for (int i = 0; i < edges.size(); i++) {
      String where = documentName + ": " + edgesField + "[" + i + "]";
      Map<?, ?> edge = object(where, edges.get(i));
      map.edge(where, get(where, edge, "source"), get(where, edge, "target"), length(where, edge));
    }
    return map.build(documentName);
  }

  private static Optional<Position> position(String where, Map<?, ?> node) {
    Object pos = node.get("pos");
    if (pos == null) {
      return Optional.empty();
    }
    if (pos instanceof List<?> pair
        && pair.size() == 2
        && pair.getFirst() instanceof Number longitude
        && pair.getLast() instanceof Number latitude) {
      try {
        return Optional.of(new Position(latitude.doubleValue(), longitude.doubleValue()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(where + ".pos: " + e.getMessage(), e);
      }
    }
    throw new IllegalArgumentException(
        where + ".pos (" + pos + ") must be a longitude and a latitude");
  }

  private static OptionalDouble length(String where, Map<?, ?> edge) {
    Object dist = edge.get("dist");
    if (dist == null) {
      return OptionalDouble.empty();
    }
    if (dist instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() <= StrictMath.PI * Position.EARTH_RADIUS_KM) {
      return OptionalDouble.of(number.doubleValue());
    }
    throw new IllegalArgumentException(
        where + ".dist (" + dist + ") must be a length on Earth in km");
  }

  private static String get(String where, Map<?, ?> owner, String field) {
    Object value = owner.get(field);
    if (value == null) {
      throw new IllegalArgumentException(where + " must have " + field);
    }
    return value.toString();
  }

  private List<?> list(Map<?, ?> root, String field) {
    if (root.get(field) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException(documentName + ": must have a list of " + field);
  }

  private static Map<?, ?> object(String where, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException(where + " must be an object");
  }
}
