package net.bellwether.agent.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;

/// A plan in text, as the rules of each node. `ab` is a pair of the link between a and b, `S P Q` a
/// swap of P and Q where they meet; `D P` and `B P` purify consecutive pairs of P, `d P Q` and `b P
/// Q` a pair of P by one of Q, by DEJMPS and BBPSSW.
final class PlanShape {
  static final int MULTIPLEXING = 6;

  private final String text;
  private final Map<String, List<Rule>> rules = new HashMap<>();
  private final List<Leaf> leaves = new ArrayList<>();
  private final TreeSet<String> nodes = new TreeSet<>();
  private final String leftEnd;
  private final String rightEnd;
  private int stages;

  /// Pairs of `link` that enter `stage`.
  record Leaf(int stage, LinkId link, String left, String right) {}

  /// A stage; `leftMeasure` and `rightMeasure` are where its ends may measure.
  private record Span(int stage, String left, String right, int leftMeasure, int rightMeasure) {}

  private PlanShape(String text) {
    this.text = text;
    Span last = span(List.of(text.split(" ", -1)).iterator());
    this.leftEnd = last.left;
    this.rightEnd = last.right;
    measureAndDeliver(leftEnd, last.leftMeasure, last.stage, rightEnd);
    measureAndDeliver(rightEnd, last.rightMeasure, last.stage, leftEnd);
  }

  static PlanShape of(String text) {
    return new PlanShape(text);
  }

  /// Any tree on the chain of these nodes.
  static PlanShape random(SplittableRandom random, String chain) {
    return new PlanShape(random(random, chain, 3));
  }

  private static String random(SplittableRandom random, String chain, int purifications) {
    if (purifications > 0 && random.nextInt(chain.length()) < 2) {
      String kept = random(random, chain, purifications - 1);
      return random.nextBoolean()
          ? (random.nextBoolean() ? "D " : "B ") + kept
          : (random.nextBoolean() ? "d " : "b ")
              + kept
              + " "
              + random(random, chain, random.nextInt(purifications));
    }
    if (chain.length() == 2) {
      return chain;
    }
    int at = 1 + random.nextInt(chain.length() - 2);
    return "S "
        + random(random, chain.substring(0, at + 1), purifications / 2)
        + " "
        + random(random, chain.substring(at), purifications / 2);
  }

  private Span span(Iterator<String> words) {
    String word = words.next();
    return switch (word) {
      case "S" -> swap(span(words), span(words));
      case "D", "B" -> {
        Span input = span(words);
        yield purify(word, input, input);
      }
      case "d", "b" -> purify(word, span(words), span(words));
      default -> leaf(word);
    };
  }

  private Span leaf(String link) {
    Leaf leaf = new Leaf(stages++, LinkId.of(link), link.substring(0, 1), link.substring(1));
    leaves.add(leaf);
    attempt(leaf, leaf.left, leaf.right);
    attempt(leaf, leaf.right, leaf.left);
    return new Span(leaf.stage, leaf.left, leaf.right, leaf.stage, leaf.stage);
  }

  private void attempt(Leaf leaf, String node, String peer) {
    add(node, new Rule.Attempt(leaf.stage, leaf.link, "m", MULTIPLEXING, NodeId.of(peer)));
  }

  private Span swap(Span left, Span right) {
    NodeId leftEnd = NodeId.of(left.left);
    NodeId rightEnd = NodeId.of(right.right);
    add(left.right, new Rule.Swap(left.stage, right.stage, stages, leftEnd, rightEnd));
    return new Span(stages++, left.left, right.right, left.leftMeasure, right.rightMeasure);
  }

  private Span purify(String word, Span kept, Span sacrificed) {
    PurificationProtocol protocol =
        word.equalsIgnoreCase("d") ? PurificationProtocol.DEJMPS : PurificationProtocol.BBPSSW;
    boolean leftInitiates = stages % 2 == 0;
    for (boolean left : new boolean[] {true, false}) {
      String node = left ? kept.left : kept.right;
      NodeId peer = NodeId.of(left ? kept.right : kept.left);
      add(
          node,
          new Rule.Purify(
              kept.stage, sacrificed.stage, stages, protocol, peer, left == leftInitiates));
    }
    return new Span(stages, kept.left, kept.right, stages, stages++);
  }

  private void measureAndDeliver(String node, int measured, int delivered, String peer) {
    add(node, new Rule.Measure(measured, new BasisPolicy.RandomBases(0.7, 5)));
    add(node, new Rule.Deliver(delivered, NodeId.of(peer), Rule.Consumer.KEY_DISTILLATION));
  }

  private void add(String node, Rule rule) {
    nodes.add(node);
    rules.computeIfAbsent(node, _ -> new ArrayList<>()).add(rule);
  }

  String leftEnd() {
    return leftEnd;
  }

  String rightEnd() {
    return rightEnd;
  }

  List<String> nodes() {
    return List.copyOf(nodes);
  }

  List<Leaf> leaves() {
    return leaves;
  }

  RuleSet ruleSet(FlowId flow, String node, long generation, Rounds rounds) {
    Map<NodeId, Long> latencies = new HashMap<>();
    for (String peer : nodes()) {
      latencies.put(NodeId.of(peer), 10_000_000L);
    }
    return new RuleSet(
        flow, generation, NodeId.of(node), rounds, rules.getOrDefault(node, List.of()), latencies);
  }

  @Override
  public String toString() {
    return text;
  }
}
