package net.bellwether.agent.key;

import io.grpc.Channel;
import net.bellwether.topology.id.NodeId;

/// Reaches the agents of other nodes.
public interface PeerChannels {
  /// A channel to the agent of `peer` at `endpoint` (host:port); the connection is only believed
  /// when the certificate names that node.
  Channel to(NodeId peer, String endpoint);
}
