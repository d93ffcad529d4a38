package net.bellwether.agent.engine;

/// Sums up what qubits do, round by round.
final class QubitTally {
  long generating;
  long holding;
  long waiting;

  /// Those of `holding` and `waiting` that the device keeps for a pair.
  long held;
}
