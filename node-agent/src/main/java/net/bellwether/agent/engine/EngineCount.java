package net.bellwether.agent.engine;

/// Totals of one engine since its start, for operators: heralds of no installed generation,
/// messages dropped (unknown generation, settled round, wrong sender, or beyond a limit), commands
/// the device refused; what it holds now; how often the books on qubits did not agree; the memory
/// qubits that are kept beyond their rounds, the halves that the device refused to keep, and those
/// whose application let the deadline pass.
public record EngineCount(
    long strayHeraldCount,
    long droppedMessageCount,
    long refusedCommandCount,
    long livePairCount,
    long heldMessageCount,
    long openRoundCount,
    long pendingCommandCount,
    long qubitFaultCount,
    long keptQubitCount,
    long keepRefusedCount,
    long keptExpiredCount) {}
