package net.bellwether.controller.reconcile;

import net.bellwether.topology.id.NodeId;

/// An order and the node it is for.
public record Addressed(NodeId node, Order order) {}
