package net.bellwether.emulator.nature;

import net.bellwether.topology.pair.Pauli;

/// What came of a command.
public sealed interface Outcome {
  long tag();

  /// The Bell-state measurement was made. Where it `succeeded` it found `bellIndex`, readout errors
  /// included; where it did not, both pairs are lost.
  record Swapped(long tag, boolean succeeded, Pauli bellIndex) implements Outcome {}

  /// The sacrificed half was read as `bit`.
  record Purified(long tag, boolean bit) implements Outcome {}

  /// The half was read as `bit`.
  record Measured(long tag, boolean bit) implements Outcome {}

  /// The half is kept.
  record Kept(long tag) implements Outcome {}

  /// The half is free.
  record Released(long tag) implements Outcome {}

  /// Nothing was done; `reason` is a sentence.
  record Refused(long tag, String reason) implements Outcome {}
}
