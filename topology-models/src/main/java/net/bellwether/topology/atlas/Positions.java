package net.bellwether.topology.atlas;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Finds positions for places that have none, as lengths depend on them. A place between others is
/// put where all such places rest if every edge were a spring; a place at the end of a line could
/// be anywhere and is left out, as is a part of the map without any position.
final class Positions {
  /// The springs are then at rest to metres, or the map is beyond what was published.
  private static final int SWEEPS_MAX = 2_000;

  private static final double REST = 1e-9;

  private final NetworkMap map;
  private final List<List<Integer>> neighbours;
  private final boolean[] located;
  private final boolean[] leftOut;

  private Positions(NetworkMap map) {
    this.map = map;
    neighbours = IntStream.range(0, map.places().size()).mapToObj(_ -> neighbourList()).toList();
    for (NetworkMap.Edge edge : map.edges()) {
      neighbours.get(edge.a()).add(edge.b());
      neighbours.get(edge.b()).add(edge.a());
    }
    located = new boolean[map.places().size()];
    for (int i = 0; i < located.length; i++) {
      located[i] = map.places().get(i).position().isPresent();
    }
    leftOut = new boolean[located.length];
  }

  private static List<Integer> neighbourList() {
    return new ArrayList<>();
  }

  /// The map with a position for every place that is left, and a note of what changed.
  static NetworkMap mend(NetworkMap map, List<String> notes) {
    if (map.places().stream().allMatch(place -> place.position().isPresent())) {
      return map;
    }
    Positions positions = new Positions(map);
    positions.leaveOutEnds();
    positions.leaveOutLostParts();
    List<Optional<Position>> found = positions.relaxed();
    return positions.rebuilt(found, notes);
  }

  private void leaveOutEnds() {
    Deque<Integer> ends = new ArrayDeque<>();
    IntStream.range(0, located.length).forEach(ends::add);
    while (!ends.isEmpty()) {
      int place = ends.remove();
      if (!located[place] && !leftOut[place] && standing(place).size() < 2) {
        leftOut[place] = true;
        ends.addAll(standing(place));
      }
    }
  }

  private void leaveOutLostParts() {
    boolean[] reached = located.clone();
    Deque<Integer> open = new ArrayDeque<>();
    IntStream.range(0, located.length).filter(i -> located[i]).forEach(open::add);
    while (!open.isEmpty()) {
      for (int peer : standing(open.remove())) {
        if (!reached[peer]) {
          reached[peer] = true;
          open.add(peer);
        }
      }
    }
    for (int i = 0; i < reached.length; i++) {
      leftOut[i] |= !reached[i];
    }
  }

  /// Different neighbours that are not left out, in the order of the file's edges.
  private List<Integer> standing(int place) {
    return neighbours.get(place).stream()
        .filter(peer -> peer != place && !leftOut[peer])
        .distinct()
        .toList();
  }

  private List<Optional<Position>> relaxed() {
    double[][] at = new double[located.length][];
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < located.length; i++) {
      at[i] = map.places().get(i).position().map(UnitVector::of).orElse(new double[3]);
      if (!located[i] && !leftOut[i]) {
        free.add(i);
      }
    }
    double moved = 1;
    for (int sweep = 0; sweep < SWEEPS_MAX && moved > REST; sweep++) {
      moved = 0;
      for (int place : free) {
        double[] mean =
            UnitVector.mean(standing(place).stream().map(peer -> at[peer]).toList(), at[place]);
        moved = Math.max(moved, UnitVector.distance(at[place], mean));
        at[place] = mean;
      }
    }
    return IntStream.range(0, located.length)
        .mapToObj(i -> leftOut[i] ? Optional.<Position>empty() : Optional.of(position(i, at[i])))
        .toList();
  }

  private Position position(int place, double[] vector) {
    return map.places().get(place).position().orElseGet(() -> UnitVector.position(vector));
  }

  private NetworkMap rebuilt(List<Optional<Position>> found, List<String> notes) {
    NetworkMap.Builder mended = new NetworkMap.Builder(map.name());
    List<String> placed = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    for (int i = 0; i < located.length; i++) {
      NetworkMap.Place place = map.places().get(i);
      String shown = place.label().isEmpty() ? place.id() : place.label() + " (" + place.id() + ")";
      if (leftOut[i]) {
        lost.add(shown);
      } else {
        mended.place("", place.id(), place.label(), found.get(i));
        if (!located[i]) {
          placed.add(shown);
        }
      }
    }
    for (NetworkMap.Edge edge : map.edges()) {
      if (!leftOut[edge.a()] && !leftOut[edge.b()]) {
        mended.edge(
            "", map.places().get(edge.a()).id(), map.places().get(edge.b()).id(), edge.lengthKm());
      }
    }
    Notes.add(notes, placed, "without coordinates, put between their neighbours");
    Notes.add(notes, lost, "without coordinates at the end of a line, left out with their edges");
    return mended.build(map.name() + ": without the nodes that have no coordinates");
  }
}
