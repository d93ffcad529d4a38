package net.bellwether.scheduler.request;

import java.util.Set;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// What a plan must keep to. Every path of a plan passes all required nodes and links and none that
/// is excluded, and has at most `maxHops` links. `relays` are trusted nodes at which key may be
/// relayed (keys only). A plan disjoint from another excludes its links, or its inner nodes.
public record Limits(
    Set<LinkId> excludedLinks,
    Set<NodeId> excludedNodes,
    Set<LinkId> requiredLinks,
    Set<NodeId> requiredNodes,
    Set<NodeId> relays,
    int maxHops) {
  /// Longer paths than this deliver nothing on hardware of today.
  public static final int DEFAULT_MAX_HOPS = 16;

  /// Required nodes and links, together, that a search can watch.
  public static final int MAX_REQUIRED = 8;

  public static final Limits NONE =
      new Limits(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), DEFAULT_MAX_HOPS);

  public Limits {
    excludedLinks = Set.copyOf(excludedLinks);
    excludedNodes = Set.copyOf(excludedNodes);
    requiredLinks = Set.copyOf(requiredLinks);
    requiredNodes = Set.copyOf(requiredNodes);
    relays = Set.copyOf(relays);
    if (maxHops < 1) {
      throw new IllegalArgumentException("maxHops (" + maxHops + ") must be at least 1");
    }
    if (requiredLinks.size() + requiredNodes.size() > MAX_REQUIRED) {
      throw new IllegalArgumentException(
          "requiredNodes and requiredLinks (%d together) must be at most %d"
              .formatted(requiredLinks.size() + requiredNodes.size(), MAX_REQUIRED));
    }
  }

  public Limits excluding(Set<LinkId> links, Set<NodeId> nodes) {
    return new Limits(links, nodes, requiredLinks, requiredNodes, relays, maxHops);
  }

  public Limits requiring(Set<LinkId> links, Set<NodeId> nodes) {
    return new Limits(excludedLinks, excludedNodes, links, nodes, relays, maxHops);
  }

  public Limits withMaxHops(int maxHops) {
    return new Limits(excludedLinks, excludedNodes, requiredLinks, requiredNodes, relays, maxHops);
  }

  public Limits withRelays(Set<NodeId> relays) {
    return new Limits(excludedLinks, excludedNodes, requiredLinks, requiredNodes, relays, maxHops);
  }
}
