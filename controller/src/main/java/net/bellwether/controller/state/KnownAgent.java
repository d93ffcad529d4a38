package net.bellwether.controller.state;

import net.bellwether.topology.id.NodeId;

/// What the store remembers of an agent that has connected at least once: where its peers reach it,
/// and how often that has changed.
public record KnownAgent(NodeId node, String peerEndpoint, long endpointChanges) {
  public KnownAgent at(String endpoint) {
    return endpoint.equals(peerEndpoint)
        ? this
        : new KnownAgent(node, endpoint, endpointChanges + 1);
  }
}
