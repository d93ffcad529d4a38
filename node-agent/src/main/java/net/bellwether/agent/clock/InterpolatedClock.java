package net.bellwether.agent.clock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import net.bellwether.topology.time.NetworkTime;

/// Network time between the reports of a device: what it reported, and monotonic time since. A
/// report can only come late, so of the last few the one that puts the time furthest ahead came
/// with the least delay, and counts. A device that jumps back is followed once those reports are
/// gone: within a second, at ten reports a second.
///
/// Monotonic times are nanoseconds. Not safe for use by several threads.
final class InterpolatedClock {
  static final int REPORTS = 8;

  /// A device that says nothing for so long does not tell the time.
  static final long SILENCE_NANOS_MAX = 2_000_000_000L;

  private final Deque<Report> reports = new ArrayDeque<>();

  private record Report(NetworkTime time, long atNanos) {
    NetworkTime carriedOnTo(long nanos) {
      return time.plusPicos(Math.max(0, nanos - atNanos) * 1_000);
    }
  }

  /// The device reported at `nanos` that it is `time`.
  void told(NetworkTime time, long nanos) {
    reports.addLast(new Report(time, nanos));
    if (reports.size() > REPORTS) {
      reports.removeFirst();
    }
  }

  /// What was reported is of a device that is gone.
  void forget() {
    reports.clear();
  }

  /// The time at `nanos`; none where the device does not tell.
  Optional<NetworkTime> findNow(long nanos) {
    if (reports.isEmpty() || nanos - reports.getLast().atNanos() > SILENCE_NANOS_MAX) {
      return Optional.empty();
    }
    return reports.stream().map(report -> report.carriedOnTo(nanos)).reduce(NetworkTime::later);
  }
}
