package net.bellwether.topology.rules;

import net.bellwether.topology.time.NetworkTime;

/// When a flow may attempt: `count` rounds in every frame, the first at `startPicos`, one each
/// `periodPicos`. A round attempts for `attemptPicos`; what is left of the period is for swaps,
/// purifications and their messages. At the end of its round every pair still unfinished is
/// discarded, which bounds memory and is the flow's cutoff time. In a round each multiplexed mode
/// of a link makes at most one pair.
public record Rounds(long startPicos, long attemptPicos, long periodPicos, int count) {
  public Rounds {
    if (startPicos < 0
        || attemptPicos <= 0
        || periodPicos < attemptPicos
        || count < 1
        || startPicos + count * periodPicos > NetworkTime.FRAME_PICOS) {
      throw new IllegalArgumentException(
          "rounds (start %d ps, attempt %d ps, period %d ps, count %d) must fit one frame of %d ps"
              .formatted(startPicos, attemptPicos, periodPicos, count, NetworkTime.FRAME_PICOS));
    }
  }

  public long endPicos() {
    return startPicos + count * periodPicos;
  }

  /// Index within the frame of the round that `time` falls in.
  public int indexAt(NetworkTime time) {
    return (int) Math.floorDiv(time.picos() - startPicos, periodPicos);
  }

  public NetworkTime start(long frame, int index) {
    return new NetworkTime(frame, startPicos + index * periodPicos);
  }

  /// First instant after round `index` of `frame`.
  public NetworkTime end(long frame, int index) {
    return NetworkTime.startOfFrame(frame).plusPicos(startPicos + (index + 1L) * periodPicos);
  }

  /// Attempts that a mode of a link has time for in one round: each takes `attemptPeriodPicos`, and
  /// its herald, `heraldLatencyPicos` after its end, must still fall inside `attemptPicos`.
  public long attemptsPerRound(long attemptPeriodPicos, long heraldLatencyPicos) {
    return Math.max(0, (attemptPicos - heraldLatencyPicos) / attemptPeriodPicos);
  }

  public double roundsPerSecond() {
    return count * (NetworkTime.PICOS_PER_SECOND / (double) NetworkTime.FRAME_PICOS);
  }

  public boolean overlaps(Rounds other) {
    return startPicos < other.endPicos() && other.startPicos < endPicos();
  }
}
