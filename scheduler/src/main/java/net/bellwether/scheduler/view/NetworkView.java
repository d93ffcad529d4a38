package net.bellwether.scheduler.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Link;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.LinkPhysics;
import org.jspecify.annotations.Nullable;

/// The network as the planner may use it, at one moment: nodes with their free qubits, and every
/// usable mode of every usable link. Immutable.
///
/// No record, because it also knows its modes by link: plans are held against it one link at a
/// time, and a network has thousands.
public final class NetworkView {
  private final SequencedMap<NodeId, Node> nodes;
  private final List<LinkMode> linkModes;
  private final Map<LinkId, List<LinkMode>> modesByLink = new HashMap<>();

  public NetworkView(SequencedMap<NodeId, Node> nodes, List<LinkMode> linkModes) {
    this.nodes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(nodes));
    this.linkModes = List.copyOf(linkModes);
    for (LinkMode mode : this.linkModes) {
      modesByLink.computeIfAbsent(mode.link(), _ -> new ArrayList<>(1)).add(mode);
    }
  }

  public SequencedMap<NodeId, Node> nodes() {
    return nodes;
  }

  public List<LinkMode> linkModes() {
    return linkModes;
  }

  /// The network as its file declares it, with nothing held and nothing measured. A mode that never
  /// succeeds is left out.
  public static NetworkView declared(Network network) {
    List<LinkMode> linkModes = new ArrayList<>();
    for (Link link : network.links().values()) {
      for (GenerationMode mode : link.modes()) {
        LinkPhysics physics = LinkPhysics.of(link, mode);
        if (physics.attemptSuccessProbability() > 0) {
          linkModes.add(declared(link, mode, physics));
        }
      }
    }
    return new NetworkView(network.nodes(), linkModes);
  }

  private static LinkMode declared(Link link, GenerationMode mode, LinkPhysics physics) {
    return new LinkMode(
        link.id(),
        link.a(),
        link.b(),
        mode.name(),
        link.multiplexing(),
        physics.attemptSuccessProbability(),
        physics.attemptPeriodPicos(),
        physics.heraldLatencyPicos(),
        physics.classicalLatencyPicos(),
        physics.state(),
        1);
  }

  public Optional<Node> findNode(NodeId id) {
    return Optional.ofNullable(nodes.get(id));
  }

  public Node node(NodeId id) {
    return findNode(id)
        .orElseThrow(() -> new IllegalArgumentException("node (" + id + ") is not in the view"));
  }

  public Optional<LinkMode> findLinkMode(LinkId link, String mode) {
    for (LinkMode candidate : modesByLink.getOrDefault(link, List.of())) {
      if (candidate.mode().equals(mode)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  public LinkMode linkMode(LinkId link, String mode) {
    return findLinkMode(link, mode)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "link (" + link + ") has no usable mode (" + mode + ") in the view"));
  }

  /// A copy in which `changed` replaces the mode of the same link and name.
  public NetworkView withLinkMode(LinkMode changed) {
    linkMode(changed.link(), changed.mode());
    return mapLinkModes(mode ->
        mode.link().equals(changed.link()) && mode.mode().equals(changed.mode()) ? changed : mode);
  }

  /// A copy in which every mode of `link` has `freeShare` of its time left.
  public NetworkView withFreeShare(LinkId link, double freeShare) {
    return mapLinkModes(mode -> mode.link().equals(link) ? mode.withFreeShare(freeShare) : mode);
  }

  /// A copy without `link`, as after a cut.
  public NetworkView withoutLink(LinkId link) {
    return new NetworkView(
        nodes, linkModes.stream().filter(mode -> !mode.link().equals(link)).toList());
  }

  /// A copy without one mode of a link.
  public NetworkView withoutLinkMode(LinkId link, String mode) {
    return new NetworkView(
        nodes,
        linkModes.stream()
            .filter(each -> !(each.link().equals(link) && each.mode().equals(mode)))
            .toList());
  }

  /// A copy without `node` and the links that end there.
  public NetworkView withoutNode(NodeId node) {
    SequencedMap<NodeId, Node> rest = new LinkedHashMap<>(nodes);
    rest.remove(node);
    return new NetworkView(
        rest,
        linkModes.stream()
            .filter(mode -> !mode.a().equals(node) && !mode.b().equals(node))
            .toList());
  }

  /// A copy with `change` made to every mode of every link.
  public NetworkView mapLinkModes(UnaryOperator<LinkMode> change) {
    return new NetworkView(nodes, linkModes.stream().map(change).toList());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NetworkView view
        && nodes.equals(view.nodes)
        && linkModes.equals(view.linkModes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(nodes, linkModes);
  }

  @Override
  public String toString() {
    return "NetworkView[nodes=" + nodes + ", linkModes=" + linkModes + "]";
  }
}
