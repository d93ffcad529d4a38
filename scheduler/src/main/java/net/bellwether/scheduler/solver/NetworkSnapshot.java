package net.bellwether.scheduler.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.bellwether.scheduler.request.StateModel;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// A network prepared for the solver: nodes, links and generation modes by number, in flat arrays.
/// Immutable; any number of threads may search it at once. What is known of a link lives in pages
/// of 256 modes, so that a change copies one page and shares the rest. A mode that makes no pairs
/// stays in place with rate 0.
public final class NetworkSnapshot {
  private static final int PAGE_BITS = 8;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int PAGE_MASK = PAGE - 1;

  /// What never changes while the topology stands.
  private final Topology topology;

  private final ModePage[] pages;

  /// The highest Werner parameter of any mode, and what purification can do with it.
  private final double bestWerner;

  private final Map<StateModel, List<Relaxation>> relaxations;

  private NetworkSnapshot(
      Topology topology,
      ModePage[] pages,
      double bestWerner,
      Map<StateModel, List<Relaxation>> relaxations) {
    this.topology = topology;
    this.pages = pages;
    this.bestWerner = bestWerner;
    this.relaxations = relaxations;
  }

  public static NetworkSnapshot of(NetworkView view) {
    Map<LinkId, List<LinkMode>> byLink = new LinkedHashMap<>();
    for (LinkMode mode : view.linkModes()) {
      if (view.findNode(mode.a()).isPresent() && view.findNode(mode.b()).isPresent()) {
        byLink.computeIfAbsent(mode.link(), link -> new ArrayList<>(2)).add(mode);
      }
    }
    Topology topology = new Topology(view, byLink);
    int modes = topology.firstMode[byLink.size()];
    ModePage[] pages = new ModePage[(modes + PAGE - 1) >> PAGE_BITS];
    for (int i = 0; i < pages.length; i++) {
      int size = Math.min(PAGE, modes - (i << PAGE_BITS));
      pages[i] = new ModePage(size);
    }
    int number = 0;
    double best = 0;
    for (List<LinkMode> linkModes : byLink.values()) {
      for (LinkMode mode : linkModes) {
        best = Math.max(best, pages[number >> PAGE_BITS].set(number & PAGE_MASK, mode));
        number++;
      }
    }
    return new NetworkSnapshot(topology, pages, best, Relaxation.of(topology, best));
  }

  /// The network after `changed` replaced the mode of the same link and name. Its time and memory
  /// do not depend on the size of the network.
  ///
  /// @throws IllegalArgumentException where there is no such mode, or it joins other nodes
  public NetworkSnapshot with(LinkMode changed) {
    Integer link = topology.linkNumbers.get(changed.link());
    if (link != null) {
      for (int mode = topology.firstMode[link]; mode < topology.firstMode[link + 1]; mode++) {
        LinkMode present = origin(mode);
        if (present.mode().equals(changed.mode())
            && present.a().equals(changed.a())
            && present.b().equals(changed.b())) {
          ModePage[] changedPages = pages.clone();
          ModePage page = pages[mode >> PAGE_BITS].copy();
          changedPages[mode >> PAGE_BITS] = page;
          double best = page.set(mode & PAGE_MASK, changed);
          // An old bound stays one when a link gets worse.
          return best <= bestWerner
              ? new NetworkSnapshot(topology, changedPages, bestWerner, relaxations)
              : new NetworkSnapshot(topology, changedPages, best, Relaxation.of(topology, best));
        }
      }
    }
    throw new IllegalArgumentException(
        "link (%s) has no mode (%s) between %s and %s in the snapshot\na new link needs a new snapshot"
            .formatted(changed.link(), changed.mode(), changed.a(), changed.b()));
  }

  /// The network after `link` was cut.
  ///
  /// @throws IllegalArgumentException where there is no such link
  public NetworkSnapshot without(LinkId link) {
    int number =
        linkNumber(link)
            .orElseThrow(
                () -> new IllegalArgumentException("link (" + link + ") is not in the snapshot"));
    NetworkSnapshot cut = this;
    for (int mode = topology.firstMode[number]; mode < topology.firstMode[number + 1]; mode++) {
      cut = cut.with(origin(mode).withFreeShare(0));
    }
    return cut;
  }

  public int nodeCount() {
    return topology.nodes.length;
  }

  public int linkCount() {
    return topology.links.length;
  }

  /// Bytes of its arrays, names and the objects of the view aside.
  public long memoryBytes() {
    long nodes = nodeCount();
    long links = linkCount();
    long modes = topology.firstMode[linkCount()];
    return nodes * (6 * Double.BYTES + Integer.BYTES + 4)
        + links * (2 * 2 * Integer.BYTES + Integer.BYTES + 4)
        + modes * (4 * Double.BYTES + 4)
        + pages.length * 100L;
  }

  OptionalInt nodeNumber(NodeId node) {
    Integer number = topology.nodeNumbers.get(node);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  OptionalInt linkNumber(LinkId link) {
    Integer number = topology.linkNumbers.get(link);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  NodeId node(int number) {
    return topology.nodes[number];
  }

  LinkId link(int number) {
    return topology.links[number];
  }

  /// q, or 0 where the node cannot swap.
  double swapSuccess(int node) {
    return topology.swapSuccess[node];
  }

  /// s, by which a swap at the node multiplies Werner parameters.
  double swapFactor(int node) {
    return topology.swapFactor[node];
  }

  double wernerSwapLoss(int node) {
    return topology.wernerSwapLoss[node];
  }

  double bellSwapLoss(int node) {
    return topology.bellSwapLoss[node];
  }

  double gateFidelity(int node) {
    return topology.gateFidelity[node];
  }

  double readoutError(int node) {
    return topology.readoutError[node];
  }

  /// Both gates of a purification over (u, v).
  double bothGates(int u, int v) {
    return gateFidelity(u) * gateFidelity(v);
  }

  /// Probability that one of the two readouts of a purification over (u, v) is wrong.
  double misread(int u, int v) {
    double readU = readoutError(u);
    double readV = readoutError(v);
    return readU * (1 - readV) + readV * (1 - readU);
  }

  int firstArc(int node) {
    return topology.firstArc[node];
  }

  int arcTo(int arc) {
    return topology.arcTo[arc];
  }

  int arcLink(int arc) {
    return topology.arcLink[arc];
  }

  int firstMode(int link) {
    return topology.firstMode[link];
  }

  double rate(int mode) {
    return pages[mode >> PAGE_BITS].rate[mode & PAGE_MASK];
  }

  double werner(int mode) {
    return pages[mode >> PAGE_BITS].werner[mode & PAGE_MASK];
  }

  double wernerLoss(int mode) {
    return pages[mode >> PAGE_BITS].wernerLoss[mode & PAGE_MASK];
  }

  double bellLoss(int mode) {
    return pages[mode >> PAGE_BITS].bellLoss[mode & PAGE_MASK];
  }

  LinkMode origin(int mode) {
    return pages[mode >> PAGE_BITS].origin[mode & PAGE_MASK];
  }

  double bestSwapSuccess() {
    return topology.bestSwapSuccess;
  }

  double bestGateFidelity() {
    return topology.bestGateFidelity;
  }

  double leastReadoutError() {
    return topology.leastReadoutError;
  }

  /// Infinite where no node can swap.
  double leastSwapLoss() {
    return topology.leastWernerSwapLoss;
  }

  List<Relaxation> relaxations(StateModel states) {
    return relaxations.getOrDefault(states, List.of());
  }
}
