package net.bellwether.emulator;

import java.util.function.LongSupplier;
import net.bellwether.topology.time.NetworkTime;

/// Network time of the emulated hardware: counted from the Unix epoch at the start, and by
/// monotonic time from there, so that it never goes back and rises over restarts.
final class FrameClock {
  static final long FRAME_NANOS = NetworkTime.FRAME_PICOS / 1000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long startUnixMillis;
  private final long startNanos;
  private final LongSupplier monotonicNanos;

  FrameClock(long startUnixMillis, LongSupplier monotonicNanos) {
    this.startUnixMillis = startUnixMillis;
    this.monotonicNanos = monotonicNanos;
    this.startNanos = monotonicNanos.getAsLong();
  }

  /// The frame that runs now.
  long frame() {
    return unixNanos() / FRAME_NANOS;
  }

  /// Time until the next frame begins.
  long nanosToNextFrame() {
    return FRAME_NANOS - unixNanos() % FRAME_NANOS;
  }

  private long unixNanos() {
    return startUnixMillis * NANOS_PER_MILLI + monotonicNanos.getAsLong() - startNanos;
  }
}
