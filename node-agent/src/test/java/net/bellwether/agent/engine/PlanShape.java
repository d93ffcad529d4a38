package net.bellwether.agent.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;

/// Plans on a chain of nodes a, b, c, ..., as the rules of each node.
enum PlanShape {
  ONE_LINK("ab") {
    @Override
    void rules(Rules at) {
      at.measureAndDeliver("a", 0, 0, "b");
      at.measureAndDeliver("b", 0, 0, "a");
    }
  },
  ONE_SWAP("abc") {
    @Override
    void rules(Rules at) {
      at.swap("b", 0, 1, 2, "a", "c");
      at.measureAndDeliver("a", 0, 2, "c");
      at.measureAndDeliver("c", 1, 2, "a");
    }
  },
  NESTED_SWAPS("abcd") {
    @Override
    void rules(Rules at) {
      at.swap("b", 0, 1, 3, "a", "c");
      at.swap("c", 3, 2, 4, "a", "d");
      at.measureAndDeliver("a", 0, 4, "d");
      at.measureAndDeliver("d", 2, 4, "a");
    }
  },
  PURIFIED_LINKS("abc") {
    @Override
    void rules(Rules at) {
      at.purify("a", "b", 0, 2, PurificationProtocol.DEJMPS);
      at.purify("c", "b", 1, 3, PurificationProtocol.BBPSSW);
      at.swap("b", 2, 3, 4, "a", "c");
      at.measureAndDeliver("a", 2, 4, "c");
      at.measureAndDeliver("c", 3, 4, "a");
    }
  },
  PURIFIED_TWICE_END_TO_END("abc") {
    @Override
    void rules(Rules at) {
      at.swap("b", 0, 1, 2, "a", "c");
      at.purify("a", "c", 2, 3, PurificationProtocol.DEJMPS);
      at.purify("c", "a", 3, 4, PurificationProtocol.DEJMPS);
      at.measureAndDeliver("a", 4, 4, "c");
      at.measureAndDeliver("c", 4, 4, "a");
    }
  };

  private final String nodes;

  PlanShape(String nodes) {
    this.nodes = nodes;
  }

  abstract void rules(Rules at);

  String leftEnd() {
    return nodes.substring(0, 1);
  }

  String rightEnd() {
    return nodes.substring(nodes.length() - 1);
  }

  List<String> nodes() {
    return List.of(nodes.split(""));
  }

  int linkCount() {
    return nodes.length() - 1;
  }

  /// Link `index` and the stage of its pairs.
  LinkId link(int index) {
    return LinkId.of(nodes.substring(index, index + 2));
  }

  RuleSet ruleSet(String node, long generation) {
    Rules rules = new Rules();
    for (int link = 0; link < linkCount(); link++) {
      String left = nodes.substring(link, link + 1);
      String right = nodes.substring(link + 1, link + 2);
      rules.add(left, new Rule.Attempt(link, link(link), "m", 20, NodeId.of(right)));
      rules.add(right, new Rule.Attempt(link, link(link), "m", 20, NodeId.of(left)));
    }
    rules(rules);
    Map<NodeId, Long> latencies = new HashMap<>();
    for (String peer : nodes()) {
      latencies.put(NodeId.of(peer), 10_000_000L);
    }
    return new RuleSet(
        Lines.FLOW, generation, NodeId.of(node), Lines.ROUNDS, rules.of(node), latencies);
  }

  static final class Rules {
    private final Map<String, List<Rule>> byNode = new HashMap<>();

    void add(String node, Rule rule) {
      byNode.computeIfAbsent(node, _ -> new ArrayList<>()).add(rule);
    }

    List<Rule> of(String node) {
      return byNode.getOrDefault(node, List.of());
    }

    void swap(String node, int left, int right, int result, String leftEnd, String rightEnd) {
      add(node, new Rule.Swap(left, right, result, NodeId.of(leftEnd), NodeId.of(rightEnd)));
    }

    void purify(String initiator, String responder, int in, int out, PurificationProtocol how) {
      add(initiator, new Rule.Purify(in, in, out, how, NodeId.of(responder), true));
      add(responder, new Rule.Purify(in, in, out, how, NodeId.of(initiator), false));
    }

    void measureAndDeliver(String node, int measured, int delivered, String peer) {
      add(node, new Rule.Measure(measured, new BasisPolicy.RandomBases(0.7, 5)));
      add(node, new Rule.Deliver(delivered, NodeId.of(peer), Rule.Consumer.KEY_DISTILLATION));
    }
  }
}
