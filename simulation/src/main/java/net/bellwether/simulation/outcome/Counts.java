package net.bellwether.simulation.outcome;

/// What there was to do. `heralds` are counted at both ends of a pair; `refusedCommands` leave
/// releases out.
public record Counts(
    long attempts,
    long pairsMade,
    long pairsDelivered,
    long heralds,
    long commands,
    long refusedCommands,
    long agentMessages,
    long controlMessages,
    long strayHeralds,
    long droppedMessages) {}
