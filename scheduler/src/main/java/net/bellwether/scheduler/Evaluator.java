package net.bellwether.scheduler;

import java.util.SequencedMap;
import net.bellwether.scheduler.evaluate.FluidYield;
import net.bellwether.scheduler.evaluate.KeyBlock;
import net.bellwether.scheduler.evaluate.KeyBlocks;
import net.bellwether.scheduler.evaluate.KeyYield;
import net.bellwether.scheduler.evaluate.NodeWaiting;
import net.bellwether.scheduler.evaluate.RoundHolding;
import net.bellwether.scheduler.evaluate.RoundYield;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Ending;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;

/// Predicts what a plan yields under a grant. Pure; safe for any number of threads.
public final class Evaluator {
  private Evaluator() {}

  /// The same for pairs that are measured.
  public static Evaluation evaluate(Plan plan, NetworkView view, Grant grant) {
    return evaluate(plan, view, grant, Ending.MEASURED);
  }

  /// Evaluates a plan for pairs. Refuses (IllegalArgumentException) what agents cannot run, and
  /// links or nodes that the view lacks. Where the grant's rounds leave less time after their
  /// attempts than the plan's messages need, pairs heralded too late count as lost.
  public static Evaluation evaluate(Plan plan, NetworkView view, Grant grant, Ending ending) {
    return evaluate(StagedPlan.of(plan, view, ending), view, grant);
  }

  /// How long the halves of a plan for pairs are held at each node of its path, in its order; empty
  /// where the grant's rounds deliver nothing. Refuses what `evaluate` refuses.
  public static SequencedMap<NodeId, NodeWaiting> waiting(
      Plan plan, NetworkView view, Grant grant) {
    StagedPlan staged = StagedPlan.of(plan, view);
    return RoundHolding.of(staged, view, attemptPicos(staged, grant), grant.memoryShare());
  }

  static Evaluation evaluate(StagedPlan plan, NetworkView view, Grant grant) {
    Rounds rounds = grant.rounds();
    double memoryShare = grant.memoryShare();
    FluidYield fluid = FluidYield.of(plan, memoryShare);
    RoundYield round = RoundYield.of(plan, view, attemptPicos(plan, grant), memoryShare);
    double pairsPerSecond = round.pairs() * rounds.roundsPerSecond();
    KeyYield key =
        KeyYield.of(
            round.state(),
            view.node(plan.last().left()).operations(),
            view.node(plan.last().right()).operations());
    KeyBlock block = KeyBlocks.of(key, pairsPerSecond);
    return new Evaluation(
        fluid.pairsPerSecond() * timeShare(rounds),
        pairsPerSecond,
        round.state(),
        key.qberZ(),
        key.qberX(),
        pairsPerSecond * key.asymptoticBitsPerPair(),
        pairsPerSecond * (double) block.secretBits() / block.pairs(),
        fluid.consumed(),
        plan.tailPicos());
  }

  private static long attemptPicos(StagedPlan plan, Grant grant) {
    return Math.min(grant.rounds().attemptPicos(), grant.rounds().periodPicos() - plan.tailPicos());
  }

  private static double timeShare(Rounds rounds) {
    return rounds.count() * (double) rounds.periodPicos() / NetworkTime.FRAME_PICOS;
  }
}
