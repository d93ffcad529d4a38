package net.bellwether.emulator.nature;

import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.rules.Rounds;

/// One node's standing wish for pairs on a link, in frames `[fromFrame, untilFrame)`. Pairs are
/// attempted where the other end wishes for the same flow, generation, stage, mode, multiplexing
/// and rounds.
public record AttemptRequest(
    LinkId link,
    FlowId flow,
    long generation,
    int stage,
    String mode,
    int multiplexing,
    long fromFrame,
    long untilFrame,
    Rounds rounds) {
  /// Value of `untilFrame` where no end is known yet.
  public static final long NO_END = Long.MAX_VALUE;

  public AttemptRequest {
    if (multiplexing < 1) {
      throw new IllegalArgumentException("multiplexing (" + multiplexing + ") must be at least 1");
    }
  }

  /// Whether both ends ask for the same; the frames may differ, and the common ones count.
  boolean matches(AttemptRequest other) {
    return link.equals(other.link)
        && flow.equals(other.flow)
        && generation == other.generation
        && stage == other.stage
        && mode.equals(other.mode)
        && multiplexing == other.multiplexing
        && rounds.equals(other.rounds);
  }
}
