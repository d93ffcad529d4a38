package net.bellwether.simulation.cli;

import java.io.PrintWriter;
import java.util.function.LongConsumer;
import net.bellwether.topology.time.NetworkTime;

/// Tells on standard error how far a run is, and how fast. The only part of the program that looks
/// at a clock.
final class SpeedLine implements LongConsumer {
  private static final long EVERY_NANOS = 2_000_000_000L;
  private static final double FRAMES_PER_SECOND =
      NetworkTime.PICOS_PER_SECOND / (double) NetworkTime.FRAME_PICOS;

  private final PrintWriter err;
  private final long frames;
  private final long startNanos = System.nanoTime();
  private long toldNanos = startNanos;

  SpeedLine(PrintWriter err, long frames) {
    this.err = err;
    this.frames = frames;
  }

  @Override
  public void accept(long passed) {
    long now = System.nanoTime();
    if (now - toldNanos >= EVERY_NANOS) {
      toldNanos = now;
      tell("%3d %%  %s".formatted(100 * passed / frames, speed(passed, now)));
    }
  }

  void end() {
    tell("done: " + speed(frames, System.nanoTime()));
  }

  private String speed(long passed, long now) {
    double wallSeconds = (now - startNanos) / 1e9;
    double virtualSeconds = passed / FRAMES_PER_SECOND;
    return "%.1f s of virtual time in %.1f s, %.1f times as fast as real time"
        .formatted(virtualSeconds, wallSeconds, virtualSeconds / wallSeconds);
  }

  private void tell(String line) {
    err.println(line);
    err.flush();
  }
}
