package net.bellwether.agent.engine;

/// Totals of one engine since its start, for operators: heralds of no installed generation,
/// messages dropped (unknown generation, settled round, wrong sender, or beyond a limit), commands
/// the device refused; what it holds now; and how often the books on qubits did not agree.
public record EngineCount(
    long strayHeraldCount,
    long droppedMessageCount,
    long refusedCommandCount,
    long livePairCount,
    long heldMessageCount,
    long openRoundCount,
    long pendingCommandCount,
    long qubitFaultCount) {}
