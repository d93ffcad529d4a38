package net.bellwether.simulation.fault.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The network between processes. Messages of a stream keep their order while it lives and are lost
/// with it; single messages may overtake each other. Where one direction is cut, what is under way
/// stalls until it heals or the stream is noticed to be dead.
public final class Net {
  private static final long LATENCY_MIN_MICROS = 200;
  private static final long LATENCY_MAX_MICROS = 15 * World.MILLI;

  /// A dead peer is noticed by missing keep-alives.
  private static final long NOTICED_MIN_MICROS = 2 * World.SECOND;

  private static final long NOTICED_MAX_MICROS = 8 * World.SECOND;

  private final World world;

  /// Number of the cut in force; looked up, never walked through.
  private final Map<Way, Long> cuts = new HashMap<>();

  private final List<Line> lines = new ArrayList<>();
  private final List<Stalled> stalled = new ArrayList<>();
  private long cutCount;

  private record Way(String from, String to) {}

  private record Stalled(Way way, Runnable arrival) {}

  public Net(World world) {
    this.world = world;
  }

  long latencyMicros() {
    return world.chance(0.02)
        ? world.between(LATENCY_MAX_MICROS, 30 * LATENCY_MAX_MICROS)
        : world.between(LATENCY_MIN_MICROS, LATENCY_MAX_MICROS);
  }

  /// Whether messages get from one to the other.
  public boolean reaches(String from, String to) {
    return !cuts.containsKey(new Way(from, to));
  }

  /// Cuts one direction for `micros`.
  public void cut(String from, String to, long micros) {
    Way way = new Way(from, to);
    long number = ++cutCount;
    cuts.put(way, number);
    world
        .timeline()
        .add("network", "nothing gets from %s to %s for %.2f s", from, to, micros / 1e6);
    world.after(
        micros,
        () -> {
          if (cuts.remove(way, number)) {
            world.timeline().add("network", "messages get from %s to %s again", from, to);
            heal(way);
          }
        });
    for (Line line : List.copyOf(lines)) {
      if (line.crosses(from, to)) {
        line.doubt(() -> Objects.equals(cuts.get(way), number));
      }
    }
  }

  /// Heals everything.
  public void heal() {
    List<Way> healed = new ArrayList<>(cuts.keySet());
    healed.sort((one, other) -> (one.from + one.to).compareTo(other.from + other.to));
    cuts.clear();
    healed.forEach(this::heal);
  }

  private void heal(Way way) {
    List<Stalled> moving = stalled.stream().filter(each -> each.way.equals(way)).toList();
    stalled.removeAll(moving);
    moving.forEach(each -> world.after(latencyMicros(), each.arrival));
    for (Line line : List.copyOf(lines)) {
      if (line.crosses(way.from, way.to)) {
        line.resume();
      }
    }
  }

  /// One message from host to host: `arrival` happens at `to` if it is there then. With some
  /// probability of `lost` it never does.
  public void send(Host from, Host to, double lost, Runnable arrival) {
    if (world.chance(lost)) {
      world.faults().count(FaultKind.MESSAGE_LOST);
      return;
    }
    Way way = new Way(from.name(), to.name());
    if (cuts.containsKey(way)) {
      stalled.add(new Stalled(way, arrival));
    } else {
      world.after(latencyMicros(), arrival);
    }
  }

  /// Opens a stream, if the other host is up and can be reached: `accept` gives its end there
  /// something to hear with, and may refuse by closing it.
  public Line dial(Host from, Host to, Line.Ear ear, Line.Accept accept) {
    Line line = new Line(this, world, from, to, ear);
    lines.add(line);
    line.open(accept);
    return line;
  }

  void forget(Line line) {
    lines.remove(line);
  }

  /// Breaks every stream of a host.
  public void breakStreams(Host one, String reason) {
    for (Line line : List.copyOf(lines)) {
      if (line.touches(one)) {
        line.breakOff(reason);
      }
    }
  }

  long noticedMicros() {
    return world.between(NOTICED_MIN_MICROS, NOTICED_MAX_MICROS);
  }

  /// A host does not answer for `micros`: peers give its streams up if that takes too long.
  public void silent(Host host, long micros) {
    long until = world.nowMicros() + micros;
    for (Line line : List.copyOf(lines)) {
      if (line.touches(host)) {
        line.doubt(() -> host.isPaused() && world.nowMicros() < until);
      }
    }
  }
}
