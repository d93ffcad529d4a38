package net.bellwether.topology.pair;

/// Measurement basis of one qubit. Z carries key, X bounds the phase error, Y completes a fidelity
/// estimate. By convention a device reports Y outcomes so that Φ+ gives equal bits at both ends.
public enum Basis {
  Z,
  X,
  Y
}
