package net.bellwether.scheduler.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.bellwether.scheduler.StateModel;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;

/// A network prepared for the solver: nodes, links and generation modes by number, in flat arrays.
/// Immutable; any number of threads may search it at once. What is known of a link lives in pages of
/// 256 modes, so that a change copies one page and shares the rest. A mode that makes no pairs stays
/// in place with rate 0.
public final class NetworkSnapshot {
  private static final int PAGE_BITS = 8;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int PAGE_MASK = PAGE - 1;

  /// What never changes while the topology stands.
  private final Topology topology;

  private final Page[] pages;

  /// The highest Werner parameter of any mode, and what purification can do with it.
  private final double bestWerner;

  private final Map<StateModel, List<Relaxation>> relaxations;

  private NetworkSnapshot(
      Topology topology,
      Page[] pages,
      double bestWerner,
      Map<StateModel, List<Relaxation>> relaxations) {
    this.topology = topology;
    this.pages = pages;
    this.bestWerner = bestWerner;
    this.relaxations = relaxations;
  }

  /// What is fixed: names, node qualities, which arcs leave a node, which modes a link has.
  record Topology(
      NodeId[] nodes,
      Map<NodeId, Integer> nodeNumbers,
      LinkId[] links,
      Map<LinkId, Integer> linkNumbers,
      double[] swapSuccess,
      double[] swapFactor,
      double[] wernerSwapLoss,
      double[] bellSwapLoss,
      double[] gateFidelity,
      double[] readoutError,
      int[] firstArc,
      int[] arcTo,
      int[] arcLink,
      int[] firstMode,
      double bestSwapSuccess,
      double leastWernerSwapLoss,
      double leastBellSwapLoss,
      double bestGateFidelity,
      double leastReadoutError) {}

  /// Rates (pairs a second, free share taken), Werner parameters and losses of 256 modes under both
  /// models of states, and where they come from.
  private record Page(
      double[] rate,
      double[] werner,
      double[] wernerLoss,
      double[] bellLoss,
      LinkMode[] origin) {
    Page(int size) {
      this(
          new double[size],
          new double[size],
          new double[size],
          new double[size],
          new LinkMode[size]);
    }

    Page copy() {
      return new Page(
          rate.clone(), werner.clone(), wernerLoss.clone(), bellLoss.clone(), origin.clone());
    }

    /// Takes a mode in; its Werner parameter, or 0 where the mode is of no use.
    double set(int at, LinkMode mode) {
      double fidelity = mode.state().fidelity();
      werner[at] = Werner.parameter(fidelity);
      rate[at] = fidelity > 0.5 ? mode.fluidPairsPerSecond() * mode.freeShare() : 0;
      wernerLoss[at] = -StrictMath.log(Math.clamp(werner[at], 1e-300, 1));
      bellLoss[at] = -StrictMath.log(Math.clamp(2 * fidelity - 1, 1e-300, 1));
      origin[at] = mode;
      return rate[at] > 0 ? werner[at] : 0;
    }
  }

  public static NetworkSnapshot of(NetworkView view) {
    Map<LinkId, List<LinkMode>> byLink = new LinkedHashMap<>();
    for (LinkMode mode : view.linkModes()) {
      if (view.findNode(mode.a()).isPresent() && view.findNode(mode.b()).isPresent()) {
        byLink.computeIfAbsent(mode.link(), link -> new ArrayList<>(2)).add(mode);
      }
    }
    Topology topology = topology(view, byLink);
    int modes = topology.firstMode[byLink.size()];
    Page[] pages = new Page[(modes + PAGE - 1) >> PAGE_BITS];
    for (int i = 0; i < pages.length; i++) {
      int size = Math.min(PAGE, modes - (i << PAGE_BITS));
      pages[i] = new Page(size);
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

  private static Topology topology(NetworkView view, Map<LinkId, List<LinkMode>> byLink) {
    int nodeCount = view.nodes().size();
    NodeId[] nodes = view.nodes().keySet().toArray(NodeId[]::new);
    Map<NodeId, Integer> nodeNumbers = HashMap.newHashMap(nodeCount);
    double[] success = new double[nodeCount];
    double[] factor = new double[nodeCount];
    double[] wernerLoss = new double[nodeCount];
    double[] bellLoss = new double[nodeCount];
    double[] gate = new double[nodeCount];
    double[] readout = new double[nodeCount];
    double bestSuccess = 0;
    double leastWerner = Double.POSITIVE_INFINITY;
    double leastBell = Double.POSITIVE_INFINITY;
    double bestGate = 0;
    double leastReadout = 0.5;
    int number = 0;
    for (Node node : view.nodes().values()) {
      Operations operations = node.operations();
      nodeNumbers.put(node.id(), number);
      gate[number] = operations.gateFidelity();
      readout[number] = operations.readoutErrorProbability();
      factor[number] = Werner.swapFactor(operations);
      boolean maySwap = node.memoryQubits().count() > 0 && factor[number] > 0;
      success[number] = maySwap ? operations.swapSuccessProbability() : 0;
      wernerLoss[number] = -StrictMath.log(factor[number]);
      bellLoss[number] = Bell.swapLoss(operations);
      bestGate = Math.max(bestGate, gate[number]);
      leastReadout = Math.min(leastReadout, readout[number]);
      if (success[number] > 0) {
        bestSuccess = Math.max(bestSuccess, success[number]);
        leastWerner = Math.min(leastWerner, wernerLoss[number]);
        leastBell = Math.min(leastBell, bellLoss[number]);
      }
      number++;
    }
    int linkCount = byLink.size();
    LinkId[] links = new LinkId[linkCount];
    Map<LinkId, Integer> linkNumbers = HashMap.newHashMap(linkCount);
    int[] firstMode = new int[linkCount + 1];
    int[] ends = new int[2 * linkCount];
    int[] firstArc = new int[nodeCount + 1];
    int link = 0;
    for (Map.Entry<LinkId, List<LinkMode>> entry : byLink.entrySet()) {
      LinkMode mode = entry.getValue().getFirst();
      links[link] = entry.getKey();
      linkNumbers.put(entry.getKey(), link);
      firstMode[link + 1] = firstMode[link] + entry.getValue().size();
      ends[2 * link] = number(nodeNumbers, mode.a());
      ends[2 * link + 1] = number(nodeNumbers, mode.b());
      firstArc[ends[2 * link] + 1]++;
      firstArc[ends[2 * link + 1] + 1]++;
      link++;
    }
    for (int node = 0; node < nodeCount; node++) {
      firstArc[node + 1] += firstArc[node];
    }
    int[] next = Arrays.copyOf(firstArc, nodeCount);
    int[] arcTo = new int[2 * linkCount];
    int[] arcLink = new int[2 * linkCount];
    for (int end = 0; end < ends.length; end++) {
      int arc = next[ends[end]]++;
      arcTo[arc] = ends[end ^ 1];
      arcLink[arc] = end >> 1;
    }
    return new Topology(
        nodes,
        nodeNumbers,
        links,
        linkNumbers,
        success,
        factor,
        wernerLoss,
        bellLoss,
        gate,
        readout,
        firstArc,
        arcTo,
        arcLink,
        firstMode,
        bestSuccess,
        leastWerner,
        leastBell,
        bestGate,
        leastReadout);
  }

  private static int number(Map<NodeId, Integer> numbers, NodeId node) {
    Integer number = numbers.get(node);
    if (number == null) {
      throw new IllegalArgumentException("node (" + node + ") is not in the view");
    }
    return number;
  }

  /// The network after `changed` replaced the mode of the same link and name. Its time and memory do
  /// not depend on the size of the network.
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
          Page[] changedPages = pages.clone();
          Page page = pages[mode >> PAGE_BITS].copy();
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

  List<Relaxation> relaxations(StateModel states) {
    return relaxations.getOrDefault(states, List.of());
  }
}
