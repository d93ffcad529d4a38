package net.bellwether.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Lines on a terminal while something comes up, each with the seconds since the start.
public final class Progress {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration SAY_AGAIN = Duration.ofSeconds(2);

  private final PrintWriter out;
  private final long started = System.nanoTime();

  public Progress(PrintWriter out) {
    this.out = out;
  }

  double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }

  public void say(String line) {
    out.printf("%6.1f s  %s%n", seconds(), line);
    out.flush();
  }

  /// Waits until `done` holds and tells every two seconds how far it is.
  ///
  /// @throws IllegalStateException naming `what` and how far it got, after `patience`
  public void await(String what, Duration patience, BooleanSupplier done, Supplier<String> how) {
    long deadline = System.nanoTime() + patience.toNanos();
    long sayAt = System.nanoTime() + SAY_AGAIN.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            what + " took more than " + patience.toSeconds() + " s: " + how.get());
      }
      if (System.nanoTime() > sayAt) {
        say(what + ": " + how.get());
        sayAt = System.nanoTime() + SAY_AGAIN.toNanos();
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
