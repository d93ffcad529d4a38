package net.bellwether.emulator.nature;

import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;

/// A pair was made on `link`: its number on the link, the time at which the herald reached both
/// ends, the Bell state that the detector pattern announces, and the flow, generation and stage
/// that had asked for it.
public record Herald(
    LinkId link,
    long sequence,
    NetworkTime time,
    Pauli bellIndex,
    FlowId flow,
    long generation,
    int stage) {}
