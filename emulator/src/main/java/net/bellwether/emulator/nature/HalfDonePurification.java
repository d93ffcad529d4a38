package net.bellwether.emulator.nature;

import net.bellwether.topology.pair.PurificationProtocol;

/// What the first side of a purification left: `bit` is what its sacrificed half truly read.
record HalfDonePurification(
    LivePair kept,
    LivePair sacrificed,
    PurificationProtocol protocol,
    NodeQubits firstSide,
    boolean bit,
    boolean depolarised) {}
