package net.bellwether.scheduler.waiting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;

/// Nodes 0, 1, 2, … in a line and plans on it, as papers have them: an attempt a second on every
/// link, messages in no time, so that seconds count attempts.
final class Chain {
  static final long SECOND_PICOS = 1_000_000_000_000L;
  static final Qubits LASTING = new Qubits(64, 1e18, 1e18);

  private final List<LinkMode> modes = new ArrayList<>();
  private Operations operations = Operations.IDEAL;
  private Qubits inner = LASTING;
  private Qubits ends = LASTING;

  /// A link for each success probability.
  static Chain of(double... successProbabilities) {
    Chain chain = new Chain();
    for (double p : successProbabilities) {
      chain.add(p, SECOND_PICOS, 0, 0, BellDiagonal.PERFECT);
    }
    return chain;
  }

  static Chain equal(int links, double p) {
    double[] all = new double[links];
    Arrays.fill(all, p);
    return of(all);
  }

  Chain add(double p, long periodPicos, long heraldPicos, long newsPicos, BellDiagonal state) {
    int at = modes.size();
    modes.add(
        new LinkMode(
            LinkId.of("l" + at),
            node(at),
            node(at + 1),
            "m",
            8,
            p,
            periodPicos,
            heraldPicos,
            newsPicos,
            state,
            1));
    return this;
  }

  Chain operations(Operations value) {
    operations = value;
    return this;
  }

  Chain swapSuccess(double q) {
    return operations(new Operations(1, 0, q));
  }

  Chain states(BellDiagonal state) {
    modes.replaceAll(mode -> mode.withEstimate(mode.attemptSuccessProbability(), state));
    return this;
  }

  /// Memories at every node.
  Chain memory(Qubits value) {
    ends = value;
    return innerMemory(value);
  }

  /// Memories between the ends alone.
  Chain innerMemory(Qubits value) {
    inner = value;
    return this;
  }

  NetworkView view() {
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (int i = 0; i <= modes.size(); i++) {
      Qubits memory = i == 0 || i == modes.size() ? ends : inner;
      nodes.put(node(i), new Node(node(i), NodeRole.REPEATER, memory, memory, operations));
    }
    return new NetworkView(nodes, modes);
  }

  static NodeId node(int i) {
    return NodeId.of("n" + i);
  }

  Plan link(int i) {
    return new Plan.Generate(LinkId.of("l" + i), "m", node(i), node(i + 1));
  }

  /// Links `from` to `to`, without the last, joined in halves.
  Plan halves(int from, int to) {
    int middle = (from + to) / 2;
    return to - from == 1
        ? link(from)
        : new Plan.Swap(halves(from, middle), halves(middle, to), node(middle));
  }

  Plan all() {
    return halves(0, modes.size());
  }

  static Plan purify(Plan plan) {
    return new Plan.Purify(plan, plan, PurificationProtocol.DEJMPS);
  }

  /// With one memory for each elementary pair of `plan`: `copies` of every link.
  WaitingTime waiting(Plan plan, int copies, Cutoffs cutoffs, int stepsMax) {
    return FreeRunning.of(plan, view(), copies / 8.0, cutoffs, stepsMax);
  }

  WaitingTime waiting() {
    return waiting(all(), 1, Cutoffs.NONE, 8_192);
  }
}
