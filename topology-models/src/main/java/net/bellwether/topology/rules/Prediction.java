package net.bellwether.topology.rules;

import net.bellwether.topology.Qubits;
import net.bellwether.topology.physics.BellDiagonal;

/// What is foreseen of a kept pair: its state when it is delivered, the memories in which its
/// halves age from then on, and how probable it is that exactly one of the two readouts errs.
public record Prediction(
    BellDiagonal delivered, Qubits here, Qubits there, double misreadProbability) {
  public Prediction {
    if (!(misreadProbability >= 0 && misreadProbability <= 0.5)) {
      throw new IllegalArgumentException(
          "misreadProbability (" + misreadProbability + ") must be in [0, 0.5]");
    }
  }

  /// The state once the half here was held for `secondsHere` and the other for `secondsThere`.
  public BellDiagonal aged(double secondsHere, double secondsThere) {
    return delivered.decayed(secondsHere, here, secondsThere, there);
  }
}
