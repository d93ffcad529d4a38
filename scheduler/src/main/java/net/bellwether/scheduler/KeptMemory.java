package net.bellwether.scheduler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;

/// Memory qubits that halves take beyond their rounds, where applications keep them: what they have
/// of a node is not there for rounds.
public final class KeptMemory {
  /// Pairs come by chance, with at most the scatter of a Poisson distribution: so many standard
  /// deviations above the mean leave one pair in a thousand without memory.
  private static final double SIGMAS = 3;

  private KeptMemory() {}

  /// Memory qubits for the halves of `pairsPerSecond` pairs, made in `rounds` and held for
  /// `holdPicos`: as many as the rounds of the busiest time of that length deliver.
  public static int qubits(double pairsPerSecond, Rounds rounds, long holdPicos) {
    long frames = holdPicos / NetworkTime.FRAME_PICOS;
    long rest = holdPicos % NetworkTime.FRAME_PICOS;
    long busiest =
        frames * rounds.count() + Math.min(rounds.count(), rest / rounds.periodPicos() + 1);
    return withScatter(pairsPerSecond / rounds.roundsPerSecond() * busiest);
  }

  /// The same at least, whatever the rounds.
  static int leastQubits(double pairsPerSecond, long holdPicos) {
    return withScatter(pairsPerSecond * holdPicos / NetworkTime.PICOS_PER_SECOND);
  }

  private static int withScatter(double mean) {
    return (int) Math.ceil(mean + SIGMAS * StrictMath.sqrt(mean));
  }

  /// The view with the memory qubits that are kept taken away from its nodes.
  public static NetworkView without(NetworkView view, Map<NodeId, Integer> kept) {
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    view.nodes().forEach((id, node) -> nodes.put(id, without(node, kept.getOrDefault(id, 0))));
    return new NetworkView(nodes, view.linkModes());
  }

  private static Node without(Node node, int kept) {
    Qubits memory = node.memoryQubits();
    return kept == 0
        ? node
        : new Node(
            node.id(),
            node.role(),
            node.communicationQubits(),
            new Qubits(Math.max(0, memory.count() - kept), memory.t1Seconds(), memory.t2Seconds()),
            node.operations());
  }
}
