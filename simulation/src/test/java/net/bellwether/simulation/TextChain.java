package net.bellwether.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.StringTokenizer;
import net.bellwether.scheduler.Evaluator;
import net.bellwether.scheduler.Grant;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.rules.Rounds;

/// A chain of nodes in text, `a -20km- b -35km- c`, and plans on it in text: `a-b` is an elementary
/// pair, `( P b Q )` a swap at b, `D P` and `B P` purify two pairs of P by DEJMPS and BBPSSW, `d P
/// Q` and `b P Q` a pair of P by one of Q.
final class TextChain {
  private static final long SESSIONS_FROM_PICOS = 5_000_000_000L;
  private static final long SESSION_PICOS = 95_000_000_000L;
  private static final String MODE = "only";

  final Network network;

  private TextChain(Network network) {
    this.network = network;
  }

  /// What nodes and links are made of.
  record Hardware(
      Operations operations,
      Qubits memory,
      double efficiency,
      double intensity,
      int multiplexing) {}

  static TextChain of(String text, Hardware hardware) {
    List<String> words = List.of(text.split(" ", -1));
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    SequencedMap<LinkId, Link> links = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      NodeId id = NodeId.of(words.get(i));
      NodeRole role = i == 0 || i == words.size() - 1 ? NodeRole.END_NODE : NodeRole.REPEATER;
      nodes.put(id, new Node(id, role, hardware.memory, hardware.memory, hardware.operations));
      if (i > 0) {
        Link link = link(words.get(i - 2), words.get(i), words.get(i - 1), hardware);
        links.put(link.id(), link);
      }
    }
    return new TextChain(new Network(text, nodes, links, List.of()));
  }

  private static Link link(String a, String b, String length, Hardware hardware) {
    double km = Double.parseDouble(length.substring(1, length.length() - 3));
    return new Link(
        LinkId.of(a + "-" + b),
        NodeId.of(a),
        NodeId.of(b),
        new Medium.Fiber(km, 0.2),
        new Heralding.SingleClick(hardware.efficiency, hardware.efficiency, 0.95, 10, 1e-9),
        1e6,
        1,
        hardware.multiplexing,
        List.of(new GenerationMode(MODE, hardware.intensity)));
  }

  Plan plan(String text) {
    return plan(new StringTokenizer(text));
  }

  private Plan plan(StringTokenizer words) {
    String word = words.nextToken();
    return switch (word) {
      case "D" -> twice(plan(words), PurificationProtocol.DEJMPS);
      case "B" -> twice(plan(words), PurificationProtocol.BBPSSW);
      case "d" -> new Plan.Purify(plan(words), plan(words), PurificationProtocol.DEJMPS);
      case "b" -> new Plan.Purify(plan(words), plan(words), PurificationProtocol.BBPSSW);
      case "(" -> {
        Plan left = plan(words);
        NodeId at = NodeId.of(words.nextToken());
        Plan right = plan(words);
        words.nextToken();
        yield new Plan.Swap(left, right, at);
      }
      default -> {
        Link link = network.link(LinkId.of(word));
        yield new Plan.Generate(link.id(), MODE, link.a(), link.b());
      }
    };
  }

  private static Plan twice(Plan plan, PurificationProtocol protocol) {
    return new Plan.Purify(plan, plan, protocol);
  }

  /// All the session time of a frame, in rounds that attempt for `attemptPicos`.
  Grant grant(Plan plan, long attemptPicos) {
    Rounds whole = new Rounds(SESSIONS_FROM_PICOS, attemptPicos, SESSION_PICOS, 1);
    long tail =
        Evaluator.evaluate(plan, NetworkView.declared(network), new Grant(whole, 1)).tailPicos();
    long period = attemptPicos + tail;
    int count = (int) (SESSION_PICOS / period);
    return new Grant(new Rounds(SESSIONS_FROM_PICOS, attemptPicos, period, count), 1);
  }
}
