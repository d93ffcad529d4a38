package net.bellwether.controller.state;

import net.bellwether.topology.Network;

/// The topology in force: the document as an operator applied it, its name for messages, the
/// network it describes and the store revision at which it was applied (0 until it is committed).
public record TopologyInForce(
    String document, String documentName, Network network, long revision) {}
