package net.bellwether.topology.pair;

/// Two-to-one entanglement purification by bilateral CNOT and parity check. DEJMPS exchanges Y and
/// Z of both inputs first; BBPSSW does not (and does not twirl here).
public enum PurificationProtocol {
  BBPSSW,
  DEJMPS
}
