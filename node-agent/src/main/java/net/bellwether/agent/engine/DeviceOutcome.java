package net.bellwether.agent.engine;

import net.bellwether.topology.pair.Pauli;

/// Outcome of the command with `tag`. Not `done` means that the pair was gone or the stamp refused,
/// for the reason in `refusal`. `succeeded` and `bellIndex` belong to swaps, `outcome` to
/// measurements and purifications.
public record DeviceOutcome(
    long tag, boolean done, boolean succeeded, Pauli bellIndex, boolean outcome, String refusal) {
  public static DeviceOutcome swapped(long tag, boolean succeeded, Pauli bellIndex) {
    return new DeviceOutcome(tag, true, succeeded, bellIndex, false, "");
  }

  public static DeviceOutcome measured(long tag, boolean outcome) {
    return new DeviceOutcome(tag, true, true, Pauli.I, outcome, "");
  }

  public static DeviceOutcome refused(long tag, String refusal) {
    return new DeviceOutcome(tag, false, false, Pauli.I, false, refusal);
  }
}
