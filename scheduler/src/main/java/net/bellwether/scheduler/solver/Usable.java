package net.bellwether.scheduler.solver;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import net.bellwether.scheduler.request.Limits;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// The part of a network that one request may use. Ends are not swapped at.
final class Usable {
  static final Usable NOTHING =
      new Usable(
          NetworkSnapshot.of(new NetworkView(new LinkedHashMap<>(), List.of())), 0, 0, Limits.NONE);

  final NetworkSnapshot snapshot;
  final int from;
  final int to;
  private final int[] excludedNodes;
  private final int[] excludedLinks;

  Usable(NetworkSnapshot snapshot, int from, int to, Limits limits) {
    this.snapshot = snapshot;
    this.from = from;
    this.to = to;
    this.excludedNodes = nodes(snapshot, limits.excludedNodes());
    this.excludedLinks = links(snapshot, limits.excludedLinks());
  }

  static int[] nodes(NetworkSnapshot snapshot, Set<NodeId> nodes) {
    return nodes.stream()
        .flatMapToInt(node -> snapshot.nodeNumber(node).stream())
        .sorted()
        .toArray();
  }

  static int[] links(NetworkSnapshot snapshot, Set<LinkId> links) {
    return links.stream()
        .flatMapToInt(link -> snapshot.linkNumber(link).stream())
        .sorted()
        .toArray();
  }

  boolean isEnd(int node) {
    return node == from || node == to;
  }

  /// Whether a pair over (u, v) is what was asked for.
  boolean isRoot(int u, int v) {
    return isEnd(u) && isEnd(v);
  }

  boolean maySwap(int node) {
    return snapshot.swapSuccess(node) > 0 && node != from && node != to;
  }

  boolean hasNode(int node) {
    return excludedNodes.length == 0 || Arrays.binarySearch(excludedNodes, node) < 0;
  }

  boolean hasLink(int link) {
    return excludedLinks.length == 0 || Arrays.binarySearch(excludedLinks, link) < 0;
  }

  /// Whether a plan may use pairs of the link towards `node`.
  boolean mayCross(int link, int node) {
    return hasLink(link) && hasNode(node) && (isEnd(node) || snapshot.swapSuccess(node) > 0);
  }
}
