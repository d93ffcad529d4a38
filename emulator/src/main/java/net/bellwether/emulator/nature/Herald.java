package net.bellwether.emulator.nature;

import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;

/// A pair was made on `link`: its number on the link, the time at which the herald reached both
/// ends, by the clock of the node that is told, the Bell state that the detector pattern announces,
/// and the standing request of the node that is told.
public record Herald(
    LinkId link, long sequence, NetworkTime time, Pauli bellIndex, AttemptRequest request) {}
