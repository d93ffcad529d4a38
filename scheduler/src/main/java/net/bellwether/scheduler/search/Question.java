package net.bellwether.scheduler.search;

import java.util.Set;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// What to search for: the plans between two nodes whose state without decay has at least
/// `minFidelity`, best pair rate first, or best secret key rate where `forKey`. Links work for
/// `timeShare` of the time at most, and for what is free of it.
public record Question(
    NetworkView view,
    NodeId from,
    NodeId to,
    boolean forKey,
    double minFidelity,
    double timeShare,
    Set<LinkId> excludedLinks,
    Set<NodeId> excludedNodes,
    int maxHops,
    long workBudget) {}
