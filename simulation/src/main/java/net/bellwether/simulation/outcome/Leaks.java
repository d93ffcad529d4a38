package net.bellwether.simulation.outcome;

/// What was still held after every flow was removed and every round settled: by agents (pairs,
/// messages, commands without outcome, rounds), by nature (qubits now, and qubits that were
/// forgotten there because no agent ever released them), and pairs delivered at one end only,
/// unless a clock was off. All 0 in a sound run.
public record Leaks(
    long agentPairs,
    long agentMessages,
    long agentCommands,
    long agentRounds,
    long natureQubits,
    long forgottenQubits,
    long oneEndedPairs) {
  public boolean isEmpty() {
    return agentPairs == 0
        && agentMessages == 0
        && agentCommands == 0
        && agentRounds == 0
        && natureQubits == 0
        && forgottenQubits == 0
        && oneEndedPairs == 0;
  }
}
