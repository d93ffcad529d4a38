package net.bellwether.agent.engine;

import net.bellwether.topology.rules.Rule;

/// What this node does with pairs of a stage.
sealed interface StageRole {
  record SwapInput(Rule.Swap rule) implements StageRole {}

  record PurifyInput(Rule.Purify rule) implements StageRole {}

  record Finished(Rule.Deliver rule) implements StageRole {}

  record Kept(Rule.Keep rule) implements StageRole {}

  /// Nothing: the other end of the pair swaps it and tells.
  record SwappedElsewhere() implements StageRole {}
}
