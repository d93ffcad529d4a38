package net.bellwether.topology.atlas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import net.bellwether.topology.Link;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.device.StandardDevices;
import net.bellwether.topology.graph.Components;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// Builds a network from a map whose places all have a position.
final class Assembly {
  /// As large as a topology document may be.
  private static final int NODES_MAX = 200_000;

  /// As the format has it.
  private static final int NAME_CHARACTERS_MAX = 100;

  private final NetworkMap map;
  private final ImportOptions options;
  private final SplittableRandom random;
  private final List<NodeId> names = new ArrayList<>();
  private final SequencedMap<NodeId, Node> repeaters = new LinkedHashMap<>();
  private final SequencedMap<LinkId, Link> links = new LinkedHashMap<>();
  private final SequencedSet<String> edgeNames = new LinkedHashSet<>();
  private final int[] degrees;
  private final Components components;
  private int loops;
  private int cutEdges;

  private Assembly(NetworkMap map, ImportOptions options) {
    this.map = map;
    this.options = options;
    random = new SplittableRandom(options.seed());
    degrees = new int[map.places().size()];
    components = new Components(map.places().size());
  }

  static Network network(NetworkMap map, ImportOptions options, List<String> notes) {
    return new Assembly(map, options).build(notes);
  }

  private Network build(List<String> notes) {
    MapNames namer = new MapNames();
    for (NetworkMap.Place place : map.places()) {
      names.add(namer.next(place));
    }
    map.edges().forEach(this::edge);
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (int i = 0; i < degrees.length; i++) {
      nodes.put(names.get(i), options.devices().node(names.get(i), NodeRole.END_NODE, degrees[i]));
    }
    nodes.putAll(repeaters);
    Notes.add(notes, namer.numbered(), "with a name that repeats, numbered");
    note(notes);
    String name = map.name().isBlank() ? "map" : map.name();
    return new Network(
        name.substring(0, Math.min(NAME_CHARACTERS_MAX, name.length())), nodes, links, List.of());
  }

  private void note(List<String> notes) {
    if (loops > 0) {
      notes.add("edges from a node to itself, left out: " + loops);
    }
    if (cutEdges > 0) {
      notes.add(
          "edges longer than %s km, cut into equal sections: %d, by repeaters: %d"
              .formatted(options.repeaterKm(), cutEdges, repeaters.size()));
    }
    if (components.count() > 1) {
      notes.add("the network is in %d parts that no link joins".formatted(components.count()));
    }
  }

  private void edge(NetworkMap.Edge edge) {
    if (edge.a() == edge.b()) {
      loops++;
      return;
    }
    components.join(edge.a(), edge.b());
    degrees[edge.a()]++;
    degrees[edge.b()]++;
    double fiberKm = options.detourFactor() * edge.lengthKm().orElseGet(() -> greatCircleKm(edge));
    int sections = (int) Math.max(1, Math.ceil(fiberKm / options.repeaterKm()));
    if (degrees.length + repeaters.size() + sections > NODES_MAX) {
      throw new IllegalArgumentException(
          "repeaterKm (%s) must leave at most %d nodes\nraise it, or import a smaller map"
              .formatted(options.repeaterKm(), NODES_MAX));
    }
    cutEdges += sections > 1 ? 1 : 0;
    sections(edgeName(edge), edge, fiberKm / sections, sections);
  }

  private void sections(String name, NetworkMap.Edge edge, double sectionKm, int sections) {
    NodeId last = names.get(edge.a());
    for (int i = 1; i <= sections; i++) {
      NodeId next = i == sections ? names.get(edge.b()) : repeater(name + "--r" + i);
      LinkId id = LinkId.of(sections == 1 ? name : name + "--s" + i);
      double fidelity =
          random.nextDouble(StandardDevices.FIDELITY_MIN, StandardDevices.FIDELITY_MAX);
      links.put(id, options.devices().link(id, last, next, sectionKm, fidelity));
      last = next;
    }
  }

  private NodeId repeater(String name) {
    NodeId id = NodeId.of(name);
    repeaters.put(id, options.devices().node(id, NodeRole.REPEATER, 2));
    return id;
  }

  /// Unique, also among places: `a--b`, and for parallel edges `a--b--2`. No place has two hyphens
  /// side by side.
  private String edgeName(NetworkMap.Edge edge) {
    String base = names.get(edge.a()) + "--" + names.get(edge.b());
    String name = base;
    for (int number = 2; !edgeNames.add(name); number++) {
      name = base + "--" + number;
    }
    return name;
  }

  private double greatCircleKm(NetworkMap.Edge edge) {
    return position(edge.a()).distanceKm(position(edge.b()));
  }

  private Position position(int place) {
    return map.places()
        .get(place)
        .position()
        .orElseThrow(() -> new IllegalStateException("place " + place + " was not mended"));
  }
}
