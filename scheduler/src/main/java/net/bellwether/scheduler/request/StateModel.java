package net.bellwether.scheduler.request;

/// How states are followed through a plan.
public enum StateModel {
  /// One number a pair: every state is twirled to the Werner state of its fidelity, which it is at
  /// least as good as. Exact search is fast.
  WERNER,
  /// Four probabilities a pair, as pairs are in truth.
  BELL_DIAGONAL
}
