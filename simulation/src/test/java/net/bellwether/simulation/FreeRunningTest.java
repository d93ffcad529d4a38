package net.bellwether.simulation;

import java.util.List;
import net.bellwether.emulator.nature.Herald;
import net.bellwether.emulator.nature.Outcome;
import net.bellwether.scheduler.evaluate.KeyYield;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.scheduler.waiting.Cutoffs;
import net.bellwether.scheduler.waiting.FreeRunning;
import net.bellwether.scheduler.waiting.WaitingTime;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

/// Computed waiting times and states against nature, which shares no code with them. Within one
/// long round links run freely as long as nothing has to be begun again. What fails begins again in
/// the next round, which is the same where all of the plan begins again: at its last operation.
/// Nested plans that begin a part again while another part waits cannot be played so: a link makes
/// one pair per mode and round, and no pair outlives its round.
class FreeRunningTest {
  private static final Operations NOISY = new Operations(0.97, 0.01, 1);
  private static final Qubits SHORT_LIVED = new Qubits(64, 0.02, 0.005);
  private static final int ROUNDS = 20_000;

  private final Sampled seconds = new Sampled();
  private final Sampled withinMedian = new Sampled();
  private final Sampled errorsX = new Sampled();
  private final Sampled errorsZ = new Sampled();

  @Test
  void chainsSwappedInTurnTakeAndKeepWhatIsComputed() {
    for (int links = 2; links <= 4; links++) {
      new FreeRunningTest().agree(links, NOISY);
    }
  }

  @Test
  void swapsThatFailAreTriedAgain() {
    new FreeRunningTest().agree(2, new Operations(0.97, 0.01, 0.5));
  }

  private void agree(int links, Operations operations) {
    FreeChain chain = new FreeChain(links, 0.15, operations, SHORT_LIVED, SHORT_LIVED);
    WaitingTime computed =
        FreeRunning.of(inTurn(links), NetworkView.declared(chain.network), 1, Cutoffs.NONE, 4_096);
    double median = computed.findQuantileSeconds(0.5).orElseThrow();
    for (int i = 0; i < ROUNDS; i++) {
      play(chain, links, i % 2 == 0 ? Basis.X : Basis.Z, median);
    }
    seconds.assertMean(computed.meanSeconds());
    // To the middle of the grid's steps.
    double step = computed.stepSeconds();
    withinMedian.assertMean(
        (computed.probabilityWithin(median) + computed.probabilityWithin(median - step)) / 2);
    KeyYield read = KeyYield.of(computed.state(), operations, operations);
    errorsX.assertMean(read.qberX());
    errorsZ.assertMean(read.qberZ());
  }

  /// Swaps from left to right, each when the news of the one before is at both its ends.
  private static Plan inTurn(int links) {
    Plan plan = link(0);
    for (int i = 1; i < links; i++) {
      plan = new Plan.Swap(plan, link(i), FreeChain.node(i));
    }
    return plan;
  }

  private static Plan link(int i) {
    return new Plan.Generate(FreeChain.link(i), "bright", FreeChain.node(i), FreeChain.node(i + 1));
  }

  private void play(FreeChain chain, int links, Basis basis, double median) {
    double spent = 0;
    while (true) {
      List<Herald> heralds = chain.round();
      Pauli frame = FreeChain.announced(heralds);
      NetworkTime ready = heralds.getFirst().time();
      boolean succeeded = true;
      for (int at = 1; at < links; at++) {
        NetworkTime stamp = NetworkTime.later(ready, heralds.get(at).time());
        Outcome.Swapped swapped = chain.swap(at, heralds, stamp);
        succeeded &= swapped.succeeded();
        frame = frame.times(swapped.bellIndex());
        ready = stamp.plusPicos(at * chain.physics.classicalLatencyPicos());
      }
      spent += FreeChain.seconds(ready);
      if (succeeded) {
        seconds.add(spent);
        withinMedian.add(spent <= median);
        (basis == Basis.X ? errorsX : errorsZ)
            .add(chain.disagree(heralds, ready, ready, basis, frame));
        return;
      }
    }
  }
}
