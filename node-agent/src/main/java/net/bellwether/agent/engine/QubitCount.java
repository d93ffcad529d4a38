package net.bellwether.agent.engine;

import net.bellwether.topology.time.NetworkTime;

/// What the communication qubits of a node do in the rounds that were open at `asOf`, as far as is
/// known by now: they are *generating* (a mode attempts, and has no pair yet), *holding* (a pair
/// waits in a stage), *waiting* (an operation or a peer's answer is under way) or *free*. The four
/// add up to what the device has; IllegalArgumentException where that would leave less than none.
public record QubitCount(NetworkTime asOf, long free, long generating, long holding, long waiting) {
  public QubitCount {
    if (free < 0 || generating < 0 || holding < 0 || waiting < 0) {
      throw new IllegalArgumentException(
          "qubits (free %d, generating %d, holding %d, waiting %d) must not be negative"
              .formatted(free, generating, holding, waiting));
    }
  }

  public long total() {
    return free + generating + holding + waiting;
  }
}
