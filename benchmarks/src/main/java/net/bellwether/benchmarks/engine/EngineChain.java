package net.bellwether.benchmarks.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.bellwether.agent.engine.Herald;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.topology.time.NetworkTime;

/// The rule engines of two ends and a repeater between them on hardware that never fails: the pairs
/// of both links are purified, swapped, measured and delivered, everything in memory and one
/// thread.
final class EngineChain {
  private static final NodeId A = NodeId.of("a");
  private static final NodeId B = NodeId.of("b");
  private static final NodeId C = NodeId.of("c");
  private static final FlowId FLOW = FlowId.of("flow");
  private static final long LATENCY_PICOS = 1_000_000;
  private static final int ROUNDS = 10;
  private static final int MODES = 64;
  private static final Rounds TIMES =
      new Rounds(5_000_000_000L, 5_000_000_000L, 9_000_000_000L, ROUNDS);

  /// Heralds, outcomes and messages that go into the three engines in a frame. Of each link, its
  /// heralds at both ends; of each two of its pairs, two outcomes, a request and an answer of their
  /// purification, and the outcome of the end's measurement; of each swap its outcome and two news.
  static final int TRANSITIONS_PER_FRAME =
      ROUNDS * (2 * 2 * MODES + 2 * (MODES / 2) * (2 + 2 + 1) + (MODES / 2) * (1 + 2));

  private final Map<NodeId, Site> sites = new LinkedHashMap<>();
  private long frame = 100;
  private long sequence;
  private long transitions;

  EngineChain() {
    for (NodeId node : List.of(A, B, C)) {
      Site site = new Site(node, new SplittableRandom(1), sites);
      sites.put(node, site);
      site.install(ruleSet(node), frame);
    }
  }

  private static RuleSet ruleSet(NodeId node) {
    List<Rule> rules = new ArrayList<>();
    if (!node.equals(C)) {
      purified(rules, 0, LinkId.of("a-b"), node.equals(A) ? B : A, node.equals(A));
    }
    if (!node.equals(A)) {
      purified(rules, 2, LinkId.of("b-c"), node.equals(C) ? B : C, node.equals(C));
    }
    if (node.equals(B)) {
      rules.add(new Rule.Swap(1, 3, 4, A, C));
    } else {
      NodeId peer = node.equals(A) ? C : A;
      int measured = node.equals(A) ? 1 : 3;
      rules.add(new Rule.Measure(measured, new BasisPolicy.RandomBases(0.9, 20)));
      rules.add(new Rule.Deliver(4, peer, Rule.Consumer.KEY_DISTILLATION));
    }
    Map<NodeId, Long> latencies = Map.of(A, LATENCY_PICOS, B, LATENCY_PICOS, C, LATENCY_PICOS);
    return new RuleSet(FLOW, 1, node, TIMES, rules, latencies);
  }

  private static void purified(
      List<Rule> rules, int stage, LinkId link, NodeId peer, boolean initiator) {
    rules.add(new Rule.Attempt(stage, link, "only", MODES, peer));
    rules.add(
        new Rule.Purify(stage, stage, stage + 1, PurificationProtocol.DEJMPS, peer, initiator));
  }

  /// Lets a frame pass with everything that follows from it; returns the transitions since the
  /// start.
  long passFrame() {
    List<Herald> left = heralds(LinkId.of("a-b"), 0);
    List<Herald> right = heralds(LinkId.of("b-c"), 2);
    for (Site site : sites.values()) {
      if (!site.node.equals(C)) {
        site.heralds(left);
      }
      if (!site.node.equals(A)) {
        site.heralds(right);
      }
    }
    boolean busy = true;
    while (busy) {
      busy = false;
      for (Site site : sites.values()) {
        busy |= site.work();
      }
    }
    frame++;
    transitions = 0;
    for (Site site : sites.values()) {
      site.settle(NetworkTime.startOfFrame(frame));
      transitions += site.transitions;
    }
    return transitions;
  }

  private List<Herald> heralds(LinkId link, int stage) {
    List<Herald> heralds = new ArrayList<>(ROUNDS * MODES);
    for (int round = 0; round < ROUNDS; round++) {
      NetworkTime start = TIMES.start(frame, round);
      for (int pair = 1; pair <= MODES; pair++) {
        heralds.add(
            new Herald(
                new PairId.Elementary(link, 1, sequence++),
                start.plusPicos(pair * 1_000_000L),
                Pauli.I,
                FLOW,
                1,
                stage));
      }
    }
    return heralds;
  }

  /// Pairs that each end has delivered.
  long deliveredCount() {
    return sites.values().stream().mapToLong(site -> site.deliveredCount).max().orElse(0);
  }
}
