package net.bellwether.topology;

import net.bellwether.topology.id.NodeId;

/// A node of the network. Communication qubits face the links and hold a pair until its herald
/// arrives; memory qubits hold it afterwards.
public record Node(
    NodeId id,
    NodeRole role,
    Qubits communicationQubits,
    Qubits memoryQubits,
    Operations operations) {}
