package net.bellwether.simulation.outcome;

/// Qubits of one node that held a half of a pair, on average and at most (looked at every 0.1 ms),
/// beside how many it has for that.
public record NodeOutcome(String node, int qubits, double meanHeld, int mostHeld) {}
