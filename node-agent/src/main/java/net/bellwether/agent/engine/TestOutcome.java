package net.bellwether.agent.engine;

import net.bellwether.topology.pair.PairId;

/// This node's outcome of a link test pair, with the Pauli frame applied by one of the two ends.
/// The basis follows from the pair's sequence number.
public record TestOutcome(PairId.Elementary pair, String mode, boolean bit) {}
