package net.bellwether.simulation.cli;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.bellwether.topology.time.NetworkTime;

/// Spans of virtual time as people write them: `1h`, `30m`, `90s`, `2.5s`.
final class DurationText {
  private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(s|m|h)");
  private static final Map<String, Integer> SECONDS = Map.of("s", 1, "m", 60, "h", 3_600);

  /// A week; more would only make numbers larger.
  private static final double SECONDS_MAX = 7 * 24 * 3_600.0;

  private static final double FRAMES_PER_SECOND =
      NetworkTime.PICOS_PER_SECOND / (double) NetworkTime.FRAME_PICOS;

  private DurationText() {}

  /// Whole frames of 100 ms, at least one.
  static long frames(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (matcher.matches()) {
      double seconds =
          Double.parseDouble(matcher.group(1)) * SECONDS.getOrDefault(matcher.group(2), 0);
      long frames = Math.round(seconds * FRAMES_PER_SECOND);
      if (frames >= 1 && seconds <= SECONDS_MAX) {
        return frames;
      }
    }
    throw new IllegalArgumentException(
        "duration (" + text + ") must be a number with s, m or h, from 0.1s to 168h");
  }
}
