package net.bellwether.agent.engine;

import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.time.NetworkTime;

/// A command whose outcome the engine waits for, with the round it belongs to.
sealed interface Operation {
  Round round();

  record Measuring(Round round, HeldPair pair) implements Operation {}

  record Swapping(
      Round round,
      Rule.Swap rule,
      HeldPair left,
      HeldPair right,
      PairId.Swapped result,
      NetworkTime stamp)
      implements Operation {}

  /// `peerOutcome` is that of the initiator, and of no meaning at the initiator itself.
  record Purifying(
      Round round,
      Rule.Purify rule,
      HeldPair kept,
      HeldPair sacrificed,
      boolean peerOutcome,
      NetworkTime stamp)
      implements Operation {}
}
