package net.bellwether.topology;

/// What a node may do in a network.
public enum NodeRole {
  /// Hosts consumers; begins and ends sessions.
  END_NODE,
  /// Swaps and purifies; never sees key.
  REPEATER,
  /// May end pairs and relay keys in the clear inside its own walls, where the tenant allows it.
  TRUSTED_NODE
}
