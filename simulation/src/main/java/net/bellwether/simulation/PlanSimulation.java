package net.bellwether.simulation;

import java.util.SequencedMap;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.emulator.nature.NatureReport;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.Evaluator;
import net.bellwether.scheduler.Grant;
import net.bellwether.scheduler.RuleCompiler;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.simulation.network.NodeWatch;
import net.bellwether.simulation.network.VirtualNetwork;
import net.bellwether.simulation.tally.Estimate;
import net.bellwether.simulation.tally.PairTally;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.RuleSet;

/// Runs a plan as its rule sets on simulated nodes and measures what it delivers. The same seed
/// gives the same report. IllegalStateException where the two ends do not agree on what was
/// delivered. Not safe for use by several threads.
public final class PlanSimulation {
  private static final FlowId FLOW = FlowId.of("simulated");

  /// All three bases about equally often, since every one is needed for the fidelity.
  private static final BasisPolicy BASES = new BasisPolicy.RandomBases(0.5, 3);

  private final Evaluation predicted;
  private final double misread;
  private final VirtualNetwork virtual;
  private final long firstFrame;
  private final PairTally tally = new PairTally();

  private PlanSimulation(Network network, Plan plan, Grant grant, long seed) {
    NetworkView view = NetworkView.declared(network);
    predicted = Evaluator.evaluate(plan, view, grant);
    misread = misread(network.node(plan.left()), network.node(plan.right()));
    virtual = new VirtualNetwork(network, seed);
    firstFrame = virtual.frame() + 1;
    watch(plan.left(), true);
    watch(plan.right(), false);
    SequencedMap<NodeId, RuleSet> ruleSets =
        RuleCompiler.compile(FLOW, 1, plan, grant, view, BASES);
    virtual.install(ruleSets, firstFrame);
    virtual.advance();
  }

  /// `plan` under `grant`, installed and about to make its first pairs. Refuses
  /// (IllegalArgumentException) what the evaluator or the compiler refuses.
  public static PlanSimulation of(Network network, Plan plan, Grant grant, long seed) {
    return new PlanSimulation(network, plan, grant, seed);
  }

  /// What `plan` delivers under `grant` in `frames` frames of 100 ms.
  public static SimulationReport run(
      Network network, Plan plan, Grant grant, long frames, long seed) {
    PlanSimulation simulation = of(network, plan, grant, seed);
    simulation.advance(frames);
    return simulation.report();
  }

  private void watch(NodeId end, boolean atLeft) {
    virtual
        .node(end)
        .watchBy(
            new NodeWatch() {
              @Override
              public void delivered(DeliveredPair pair) {
                tally.add(atLeft, pair);
              }
            });
  }

  /// Lets `frames` more frames pass.
  public void advance(long frames) {
    for (long i = 0; i < frames; i++) {
      virtual.advance();
      if (!virtual.overcommitted().isEmpty()) {
        throw new IllegalStateException("over-committed: " + virtual.overcommitted());
      }
    }
  }

  /// Pairs made on links so far, of which the delivered ones came.
  public long elementaryPairCount() {
    return virtual.nature().links().stream().mapToLong(NatureReport.OfLink::heraldCount).sum();
  }

  /// What was delivered in the frames so far.
  public SimulationReport report() {
    long frames = virtual.frame() - firstFrame;
    if (tally.unmatchedCount() > 0) {
      throw new IllegalStateException(
          tally.unmatchedCount() + " pairs were delivered at one end only");
    }
    return new SimulationReport(
        predicted,
        frames,
        tally.pairCount(),
        tally.pairsPerSecond(frames),
        tally.findFidelity(misread).orElse(UNKNOWN),
        tally.findQber(Basis.Z).orElse(UNKNOWN),
        tally.findQber(Basis.X).orElse(UNKNOWN),
        tally.findQber(Basis.Y).orElse(UNKNOWN));
  }

  /// Of what no pair tells.
  private static final Estimate UNKNOWN = Estimate.ofShare(0, 0);

  /// Probability that one of the two readouts flips and the other does not.
  private static double misread(Node left, Node right) {
    double atLeft = left.operations().readoutErrorProbability();
    double atRight = right.operations().readoutErrorProbability();
    return atLeft * (1 - atRight) + atRight * (1 - atLeft);
  }
}
