package net.bellwether.agent.engine;

import net.bellwether.topology.rules.Rounds;

/// How the hardware of a link attempts: time from attempt to attempt, and from the end of an
/// attempt to its herald at this node.
public record AttemptTiming(long attemptPeriodPicos, long heraldLatencyPicos) {
  public AttemptTiming {
    if (attemptPeriodPicos <= 0 || heraldLatencyPicos < 0) {
      throw new IllegalArgumentException(
          "attemptPeriodPicos (%d) must be positive and heraldLatencyPicos (%d) not negative"
              .formatted(attemptPeriodPicos, heraldLatencyPicos));
    }
  }

  /// Attempts a mode makes in a round that gives it no pair.
  long perRound(Rounds rounds) {
    return rounds.attemptsPerRound(attemptPeriodPicos, heraldLatencyPicos);
  }

  /// Attempts a mode has made when its herald comes `sinceRoundStartPicos` into the round.
  long untilHerald(long sinceRoundStartPicos) {
    return (sinceRoundStartPicos - heraldLatencyPicos) / attemptPeriodPicos;
  }
}
