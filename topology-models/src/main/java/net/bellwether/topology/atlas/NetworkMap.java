package net.bellwether.topology.atlas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// A map as it was read: places in the order of the file, and edges between places of these
/// numbers.
record NetworkMap(String name, List<Place> places, List<Edge> edges) {
  NetworkMap {
    places = List.copyOf(places);
    edges = List.copyOf(edges);
  }

  record Place(String id, String label, Optional<Position> position) {}

  /// `lengthKm` is that of the great circle, where the map says it.
  record Edge(int a, int b, OptionalDouble lengthKm) {}

  /// Numbers places and checks what edges refer to. `where` in its methods is what a message begins
  /// with.
  static final class Builder {
    private final String name;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<Place> places = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    Builder(String name) {
      this.name = name;
    }

    void place(String where, String id, String label, Optional<Position> position) {
      if (numbers.putIfAbsent(id, places.size()) != null) {
        throw new IllegalArgumentException(
            where + ": node id (" + id + ") must be unique: edges refer to it");
      }
      places.add(new Place(id, label, position));
    }

    void edge(String where, String source, String target, OptionalDouble lengthKm) {
      edges.add(new Edge(number(where, source), number(where, target), lengthKm));
    }

    private int number(String where, String id) {
      Integer number = numbers.get(id);
      if (number == null) {
        throw new IllegalArgumentException(where + ": node (" + id + ") is not in the map");
      }
      return number;
    }

    NetworkMap build(String where) {
      if (places.isEmpty()) {
        throw new IllegalArgumentException(where + ": the map must have at least one node");
      }
      return new NetworkMap(name, places, edges);
    }
  }
}
