package net.bellwether.agent.engine;

import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.time.NetworkTime;

/// A command whose outcome the engine waits for.
sealed interface Operation {
  /// Whether its outcome changes nothing any more.
  boolean isPast();

  /// One on a pair of a round.
  sealed interface OfRound extends Operation {
    Round round();

    @Override
    default boolean isPast() {
      return round().isSettled();
    }
  }

  record Measuring(Round round, HeldPair pair) implements OfRound {}

  record Swapping(
      Round round,
      Rule.Swap rule,
      HeldPair left,
      HeldPair right,
      PairId.Swapped result,
      NetworkTime stamp)
      implements OfRound {}

  /// `peerOutcome` is that of the initiator, and of no meaning at the initiator itself.
  record Purifying(
      Round round,
      Rule.Purify rule,
      HeldPair kept,
      HeldPair sacrificed,
      boolean peerOutcome,
      NetworkTime stamp)
      implements OfRound {}

  record Keeping(Round round, Rule.Keep rule, HeldPair pair) implements OfRound {}

  /// Asked for by an application.
  record MeasuringKept(Kept kept, NetworkTime stamp) implements Operation {
    @Override
    public boolean isPast() {
      return kept.gone;
    }
  }
}
