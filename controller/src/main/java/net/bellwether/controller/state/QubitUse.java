package net.bellwether.controller.state;

/// What the communication qubits of a node do: nothing, attempt without a pair yet, hold a waiting
/// pair, or wait for an operation or a peer's answer. They add up to what its device has. Beside
/// them, memory qubits that are `kept` for applications.
public record QubitUse(long free, long generating, long holding, long waiting, long kept) {
  public QubitUse {
    if (free < 0 || generating < 0 || holding < 0 || waiting < 0 || kept < 0) {
      throw new IllegalArgumentException(
          "qubits (free %d, generating %d, holding %d, waiting %d, kept %d) must be at least 0"
              .formatted(free, generating, holding, waiting, kept));
    }
  }
}
