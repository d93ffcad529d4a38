package net.bellwether.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.agent.engine.EngineCount;
import net.bellwether.scheduler.RuleCompiler;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.simulation.TextChain.Hardware;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.RuleSet;
import org.junit.jupiter.api.Test;

/// A flow whose plan changes while it runs.
final class GenerationsTest {
  private static final FlowId FLOW = FlowId.of("flow");
  private static final NodeId A = NodeId.of("a");
  private static final NodeId D = NodeId.of("d");
  private static final List<String> PLANS =
      List.of(
          "( ( a-b b b-c ) c c-d )",
          "( D a-b b ( b-c c c-d ) )",
          "D ( ( a-b b b-c ) c c-d )",
          "( d D a-b a-b b ( b-c c c-d ) )",
          "( ( a-b b b-c ) c c-d )");

  private final TextChain chain =
      TextChain.of(
          "a -15km- b -20km- c -25km- d",
          new Hardware(new Operations(0.99, 0.005, 0.8), new Qubits(400, 2.0, 0.1), 0.4, 0.04, 64));
  private final VirtualNetwork virtual = new VirtualNetwork(chain.network, 5);

  private SequencedMap<NodeId, RuleSet> ruleSets(int generation) {
    Plan plan = chain.plan(PLANS.get(generation - 1));
    return RuleCompiler.compile(
        FLOW,
        generation,
        plan,
        chain.grant(plan, 3_000_000_000L),
        NetworkView.declared(chain.network),
        new BasisPolicy.RandomBases(0.9, 20));
  }

  @Test
  void noPairIsHandledByTwoGenerations() {
    long start = virtual.frame() + 1;
    long framesEach = 7;
    for (int generation = 1; generation <= PLANS.size(); generation++) {
      // The order to switch comes while the former generation runs.
      virtual.install(ruleSets(generation), start + (generation - 1) * framesEach);
      long until = start + generation * framesEach - 3;
      while (virtual.frame() < until) {
        virtual.advance();
      }
    }
    while (virtual.frame() < start + (PLANS.size() + 3) * framesEach) {
      virtual.advance();
    }

    Map<PairId, DeliveredPair> atA = byId(virtual.delivered(A, FLOW));
    Map<PairId, DeliveredPair> atD = byId(virtual.delivered(D, FLOW));
    assertThat(atA.keySet()).isEqualTo(atD.keySet());
    atA.forEach((id, pair) -> {
      long generation = Math.min(1 + (pair.time().frame() - start) / framesEach, PLANS.size());
      assertThat(pair.generation()).isEqualTo(generation);
      assertThat(atD.get(id))
          .isNotNull()
          .extracting(DeliveredPair::generation)
          .isEqualTo(generation);
    });
    for (long generation = 1; generation <= PLANS.size(); generation++) {
      long current = generation;
      assertThat(atA.values()).anyMatch(pair -> pair.generation() == current);
    }
    for (NodeId node : chain.network.nodes().keySet()) {
      EngineCount count = virtual.node(node).engine().count();
      assertThat(count.strayHeraldCount()).isZero();
      assertThat(count.droppedMessageCount()).isZero();
      assertThat(count.refusedCommandCount()).isZero();
    }
  }

  /// Fails where one end delivers a pair twice.
  private static Map<PairId, DeliveredPair> byId(List<DeliveredPair> pairs) {
    Map<PairId, DeliveredPair> byId = new LinkedHashMap<>();
    for (DeliveredPair pair : pairs) {
      assertThat(byId.put(pair.pair(), pair)).isNull();
    }
    return byId;
  }
}
