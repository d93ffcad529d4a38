package net.bellwether.agent.clock;

/// How far a peer's network clock is ahead of this node's. The true offset is at most
/// `uncertaintyNanos` from `offsetNanos`, as long as both clocks run evenly.
public record ClockOffset(long offsetNanos, long uncertaintyNanos) {
  public ClockOffset {
    if (uncertaintyNanos < 0) {
      throw new IllegalArgumentException(
          "uncertaintyNanos (" + uncertaintyNanos + ") must be at least 0");
    }
  }
}
