package net.bellwether.controller.tracker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.controller.state.ClockOffset;
import net.bellwether.topology.id.NodeId;

/// Tells whose clock is wrong from what nodes measured of each other's (decision 0013). Figures of
/// pairs are chained into one scale; the median of all clocks on it is the network's time, so that
/// a node that is off is found and not its neighbours, as long as more than half are right. Where
/// no majority is, as between two nodes that disagree, all that are far from the middle are out.
///
/// Pure. A node is out once it is certainly beyond the bound, and in again once its figure is
/// within; one that nobody measures stays as it was.
public final class ClockJudge {
  /// Half a frame: two nodes in bound take an instant for the same frame or its neighbour, and one
  /// that is a frame off, which its links do not show, is found.
  public static final long BOUND_NANOS = 50_000_000L;

  /// A clock on a scale with others: its reading there, and how far that may be from the truth.
  private record Place(NodeId node, long nanos, long uncertaintyNanos) {}

  /// What two nodes say of each other: one is ahead by something in between.
  private record Interval(long from, long to) {
    static Interval of(ClockOffset offset) {
      return new Interval(
          offset.offsetNanos() - offset.uncertaintyNanos(),
          offset.offsetNanos() + offset.uncertaintyNanos());
    }

    /// What both ends may be right with. Where they contradict each other, as while a jump passes
    /// through their windows, that is little.
    Interval with(Interval other) {
      return new Interval(Math.min(from, other.from), Math.max(to, other.to));
    }

    Interval reversed() {
      return new Interval(-to, -from);
    }

    long middle() {
      return from + (to - from) / 2;
    }

    long halfWidth() {
      return (to - from + 1) / 2;
    }
  }

  private final SequencedMap<NodeId, SequencedMap<NodeId, Interval>> ahead = new TreeMap<>();

  private ClockJudge() {}

  /// Verdicts on all nodes that have one, after those of `before`. `figures` is what each node
  /// measured of the clocks of others.
  public static SequencedMap<NodeId, ClockVerdict> judge(
      Map<NodeId, ClockVerdict> before, Map<NodeId, ? extends Map<NodeId, ClockOffset>> figures) {
    ClockJudge judge = new ClockJudge();
    figures.forEach((node, peers) ->
        peers.forEach((peer, offset) -> {
          judge.add(node, peer, Interval.of(offset));
          judge.add(peer, node, Interval.of(offset).reversed());
        }));
    SequencedMap<NodeId, ClockVerdict> verdicts = new TreeMap<>();
    before.forEach((node, verdict) -> {
      if (verdict.outOfBound()) {
        verdicts.put(node, verdict);
      }
    });
    judge
        .offsets()
        .forEach((node, offset) -> {
          ClockVerdict last = before.get(node);
          boolean wasOut = last != null && last.outOfBound();
          verdicts.put(node, new ClockVerdict(offset, isOut(offset, wasOut)));
        });
    return verdicts;
  }

  private static boolean isOut(ClockOffset offset, boolean wasOut) {
    long distance = Math.abs(offset.offsetNanos());
    return wasOut ? distance > BOUND_NANOS : distance - offset.uncertaintyNanos() > BOUND_NANOS;
  }

  private void add(NodeId node, NodeId peer, Interval interval) {
    if (!node.equals(peer)) {
      ahead.computeIfAbsent(node, _ -> new TreeMap<>()).merge(peer, interval, Interval::with);
    }
  }

  /// Of every node from the median of those that figures connect it with.
  private SequencedMap<NodeId, ClockOffset> offsets() {
    SequencedMap<NodeId, ClockOffset> offsets = new TreeMap<>();
    for (NodeId node : ahead.keySet()) {
      if (!offsets.containsKey(node)) {
        // Uncertainty grows from figure to figure, so it is counted from the middle.
        List<Place> seenFromHere = scale(node);
        List<Place> places = scale(seenFromHere.get((seenFromHere.size() - 1) / 2).node());
        Place lower = places.get((places.size() - 1) / 2);
        Place upper = places.get(places.size() / 2);
        long median = lower.nanos() + (upper.nanos() - lower.nanos()) / 2;
        long medianUncertainty = (lower.uncertaintyNanos() + upper.uncertaintyNanos()) / 2;
        for (Place place : places) {
          offsets.put(
              place.node(),
              new ClockOffset(
                  place.nanos() - median, place.uncertaintyNanos() + medianUncertainty));
        }
      }
    }
    return offsets;
  }

  /// The clocks of all nodes that figures connect with `origin`, seen from it by the surest chain
  /// of figures each, in order of their readings.
  private List<Place> scale(NodeId origin) {
    Comparator<Place> surestFirst =
        Comparator.comparingLong(Place::uncertaintyNanos).thenComparing(Place::node);
    PriorityQueue<Place> reached = new PriorityQueue<>(surestFirst);
    Map<NodeId, Place> places = new LinkedHashMap<>();
    reached.add(new Place(origin, 0, 0));
    for (Place next = reached.poll(); next != null; next = reached.poll()) {
      if (places.putIfAbsent(next.node(), next) == null) {
        Place from = next;
        ahead
            .getOrDefault(from.node(), new TreeMap<>())
            .forEach((peer, interval) ->
                reached.add(
                    new Place(
                        peer,
                        from.nanos() + interval.middle(),
                        from.uncertaintyNanos() + interval.halfWidth())));
      }
    }
    List<Place> ordered = new ArrayList<>(places.values());
    ordered.sort(Comparator.comparingLong(Place::nanos).thenComparing(Place::node));
    return ordered;
  }
}
