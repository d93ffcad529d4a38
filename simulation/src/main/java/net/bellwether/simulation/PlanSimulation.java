package net.bellwether.simulation;

import java.util.List;
import java.util.SequencedMap;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.Evaluator;
import net.bellwether.scheduler.Grant;
import net.bellwether.scheduler.RuleCompiler;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.RuleSet;

/// Runs a plan as its rule sets on simulated nodes and measures what it delivers. The same seed
/// gives the same report. IllegalStateException where the two ends do not agree on what was
/// delivered.
public final class PlanSimulation {
  private static final FlowId FLOW = FlowId.of("simulated");

  /// All three bases about equally often, since every one is needed for the fidelity.
  private static final BasisPolicy BASES = new BasisPolicy.RandomBases(0.5, 3);

  private PlanSimulation() {}

  /// Runs `plan` under `grant` for `frames` frames of 100 ms.
  public static SimulationReport run(
      Network network, Plan plan, Grant grant, long frames, long seed) {
    NetworkView view = NetworkView.declared(network);
    Evaluation predicted = Evaluator.evaluate(plan, view, grant);
    SequencedMap<NodeId, RuleSet> ruleSets =
        RuleCompiler.compile(FLOW, 1, plan, grant, view, BASES);
    VirtualNetwork virtual = new VirtualNetwork(network, seed);
    long first = virtual.frame() + 1;
    virtual.install(ruleSets, first);
    while (virtual.frame() < first + frames) {
      virtual.advance();
    }
    return report(
        predicted,
        frames,
        new Ends(network.node(plan.left()), network.node(plan.right())),
        virtual.delivered(plan.left(), FLOW),
        virtual.delivered(plan.right(), FLOW),
        first);
  }

  private record Ends(Node left, Node right) {
    /// Probability that one of the two readouts flips and the other does not.
    double misread() {
      double left = this.left.operations().readoutErrorProbability();
      double right = this.right.operations().readoutErrorProbability();
      return left * (1 - right) + right * (1 - left);
    }
  }

  private static SimulationReport report(
      Evaluation predicted,
      long frames,
      Ends ends,
      List<DeliveredPair> left,
      List<DeliveredPair> right,
      long firstFrame) {
    PairTally tally = new PairTally(firstFrame, frames);
    tally.add(left, right);
    return new SimulationReport(
        predicted,
        frames,
        left.size(),
        tally.pairsPerSecond(),
        tally.fidelity(ends.misread()),
        tally.qber(Basis.Z),
        tally.qber(Basis.X),
        tally.qber(Basis.Y));
  }
}
