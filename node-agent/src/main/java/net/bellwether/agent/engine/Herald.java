package net.bellwether.agent.engine;

import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;

/// A pair was made: its name, the network time at which this node learned of it, the Bell state the
/// detectors announce, and the flow, generation and stage that had asked for it.
public record Herald(
    PairId.Elementary pair,
    NetworkTime time,
    Pauli bellIndex,
    FlowId flow,
    long generation,
    int stage) {}
