package net.bellwether.simulation.fault.world;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// What happened, for people: the last lines of it.
public final class Timeline {
  /// Some minutes of a world in which much goes wrong; a failure is mostly explained by its last
  /// seconds.
  private static final int LINES_MAX = 4_000;

  private final World world;
  private final Deque<Line> lines = new ArrayDeque<>();
  private long droppedCount;

  /// Formatted only when somebody reads it.
  private record Line(long atMicros, String who, String format, List<Object> values) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%10.4f s  %-12s %s",
          atMicros / 1e6,
          who,
          format.formatted(values.toArray()));
    }
  }

  Timeline(World world) {
    this.world = world;
  }

  /// `values` must not change any more.
  public void add(String who, String format, Object... values) {
    lines.add(new Line(world.nowMicros(), who, format, Arrays.asList(values)));
    if (lines.size() > LINES_MAX) {
      lines.remove();
      droppedCount++;
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (droppedCount > 0) {
      text.append("(").append(droppedCount).append(" earlier lines)\n");
    }
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
