package net.bellwether.simulation.outcome;

/// What one generation of a session's rules delivered while it was in force, from `fromSeconds`
/// until `untilSeconds` of virtual time, against what its plan was predicted to yield when it was
/// activated. QBERs include readout errors, `fidelity` does not. Key is counted when its block is
/// finished.
public record GenerationOutcome(
    long generation,
    double fromSeconds,
    double untilSeconds,
    String plan,
    long pairs,
    Figure pairsPerSecond,
    Figure fidelity,
    Figure qberZ,
    Figure qberX,
    Figure qberY,
    Figure keyBitsPerSecond,
    long keyBits,
    long keyBlocks,
    long failedBlocks,
    Waits fromWaits,
    Waits toWaits) {}
