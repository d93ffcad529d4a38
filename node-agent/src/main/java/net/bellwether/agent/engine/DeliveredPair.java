package net.bellwether.agent.engine;

import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.time.NetworkTime;

/// This node's half of a finished, measured pair: `bit` is the outcome in `basis` with the Pauli
/// frame applied (by one of the two ends), so that both ends of a perfect pair hold equal bits.
/// `tomography` marks pairs that both ends measured in Y, for the fidelity estimate only.
public record DeliveredPair(
    FlowId flow,
    long generation,
    PairId pair,
    Basis basis,
    boolean bit,
    NetworkTime time,
    boolean tomography) {}
