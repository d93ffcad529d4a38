package net.bellwether.controller.state;

/// How far one network clock is ahead of another: the truth is at most `uncertaintyNanos` from
/// `offsetNanos`.
public record ClockOffset(long offsetNanos, long uncertaintyNanos) {
  /// Clocks that are further apart, eleven days, are as wrong; sums of them fit a long.
  private static final long NANOS_MAX = 1_000_000_000_000_000L;

  public ClockOffset {
    if (uncertaintyNanos < 0) {
      throw new IllegalArgumentException(
          "uncertaintyNanos (" + uncertaintyNanos + ") must be at least 0");
    }
    offsetNanos = Math.clamp(offsetNanos, -NANOS_MAX, NANOS_MAX);
    uncertaintyNanos = Math.min(uncertaintyNanos, NANOS_MAX);
  }
}
