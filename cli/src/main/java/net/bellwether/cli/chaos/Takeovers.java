package net.bellwether.cli.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How long the network was without anybody who decides: after each loss of a leader until a later
/// term answers, and the longest wait between two answers. Times are of a monotonic clock. May be
/// told by several threads.
final class Takeovers {
  private record Lost(Fault.Kind how, long nanos, long term) {}

  private final Map<Fault.Kind, List<Long>> takenNanos = new EnumMap<>(Fault.Kind.class);
  private final List<Lost> open = new ArrayList<>();
  private long lastAnswerNanos;
  private long longestNanos;
  private long highestTerm;

  Takeovers(long startNanos) {
    this.lastAnswerNanos = startNanos;
  }

  /// The leader of `term` was taken away.
  synchronized void lost(Fault.Kind how, long nanos, long term) {
    open.add(new Lost(how, nanos, term));
  }

  /// Somebody was answered by the leader of `term`.
  synchronized void answered(long nanos, long term) {
    operated(nanos);
    highestTerm = Math.max(highestTerm, term);
    open.removeIf(lost -> {
      boolean taken = term > lost.term();
      if (taken) {
        takenNanos.computeIfAbsent(lost.how(), _ -> new ArrayList<>()).add(nanos - lost.nanos());
      }
      return taken;
    });
  }

  /// Any operation of a controller succeeded.
  synchronized void operated(long nanos) {
    if (nanos - lastAnswerNanos > 0) {
      longestNanos = Math.max(longestNanos, nanos - lastAnswerNanos);
      lastAnswerNanos = nanos;
    }
  }

  synchronized double longestSilenceSeconds() {
    return longestNanos / 1e9;
  }

  synchronized long highestTerm() {
    return highestTerm;
  }

  /// For example `12 takeovers: p50 0.40 s, p99 1.20 s, max 1.20 s`.
  synchronized String text(Fault.Kind how) {
    long[] nanos =
        takenNanos.getOrDefault(how, List.of()).stream().mapToLong(Long::longValue).toArray();
    if (nanos.length == 0) {
      return "none";
    }
    Arrays.sort(nanos);
    return "%d takeovers: p50 %.2f s, p99 %.2f s, max %.2f s"
        .formatted(nanos.length, quantile(nanos, 0.5), quantile(nanos, 0.99), quantile(nanos, 1));
  }

  /// The smallest value that so large a part does not exceed.
  private static double quantile(long[] sorted, double part) {
    return sorted[(int) Math.ceil(part * sorted.length) - 1] / 1e9;
  }
}
