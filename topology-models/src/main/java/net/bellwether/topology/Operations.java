package net.bellwether.topology;

/// Quality of a node's operations. `gateFidelity` is λ, the probability that a two-qubit gate does
/// not depolarise its qubits; `readoutErrorProbability` is ε, that one readout flips;
/// `swapSuccessProbability` is q (1/2 for linear optics, up to 1 for deterministic gates).
public record Operations(
    double gateFidelity, double readoutErrorProbability, double swapSuccessProbability) {
  public static final Operations IDEAL = new Operations(1, 0, 1);

  public Operations {
    Require.probability("gateFidelity", gateFidelity);
    Require.in("readoutErrorProbability", readoutErrorProbability, 0, 0.5);
    Require.probability("swapSuccessProbability", swapSuccessProbability);
  }
}
