package net.bellwether.scheduler.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;
import org.junit.jupiter.api.Test;

/// The computed distributions against plans played pair by pair from a seed.
class FreeRunTest {
  private static final Operations NOISY = new Operations(0.98, 0.01, 0.6);
  private static final BellDiagonal STATE = new BellDiagonal(0.9, 0.05, 0.02, 0.03);
  private static final Qubits SHORT_LIVED = new Qubits(64, 400, 150);
  private static final int RUNS = 60_000;
  private static final double SIGMAS = 4.5;

  private static Chain noisy(double... successProbabilities) {
    return Chain.of(successProbabilities).operations(NOISY).states(STATE).memory(SHORT_LIVED);
  }

  @Test
  void swapsOfUnequalLinksThatFail() {
    Chain chain = noisy(0.1, 0.25, 0.15);
    agree(chain, chain.all(), 1, Double.POSITIVE_INFINITY);
  }

  @Test
  void purificationOfDecayedPairs() {
    Chain chain = noisy(0.2);
    agree(chain, Chain.purify(Chain.purify(chain.link(0))), 4, Double.POSITIVE_INFINITY);
  }

  @Test
  void purificationAfterAndBeforeSwaps() {
    Chain chain = noisy(0.2, 0.3);
    Plan plan =
        Chain.purify(
            new Plan.Swap(Chain.purify(chain.link(0)), Chain.purify(chain.link(1)), Chain.node(1)));
    agree(chain, plan, 4, Double.POSITIVE_INFINITY);
  }

  @Test
  void purificationOfDifferentPairs() {
    Chain chain = noisy(0.2);
    Plan pumped =
        new Plan.Purify(Chain.purify(chain.link(0)), chain.link(0), PurificationProtocol.BBPSSW);
    agree(chain, pumped, 3, Double.POSITIVE_INFINITY);
  }

  @Test
  void cutoffsDiscardPairsThatWaitTooLong() {
    Chain chain = noisy(0.1, 0.15, 0.2, 0.15);
    agree(chain, chain.all(), 1, 7);
  }

  @Test
  void cutoffsBeforePurification() {
    Chain chain = noisy(0.2);
    agree(chain, Chain.purify(Chain.purify(chain.link(0))), 4, 4);
  }

  @Test
  void unequalPeriodsAndMessages() {
    Chain chain =
        new Chain()
            .add(0.1, 700_000_000_000L, 150_000_000_000L, 330_000_000_000L, STATE)
            .add(0.2, 1_300_000_000_000L, 440_000_000_000L, 210_000_000_000L, STATE)
            .operations(NOISY)
            .memory(SHORT_LIVED);
    agree(chain, chain.all(), 1, Double.POSITIVE_INFINITY);
    agree(chain, Chain.purify(chain.all()), 2, Double.POSITIVE_INFINITY);
  }

  private static void agree(Chain chain, Plan plan, int copies, double cutoffSeconds) {
    Cutoffs cutoffs =
        Double.isInfinite(cutoffSeconds) ? Cutoffs.NONE : Cutoffs.everywhere(cutoffSeconds);
    // Every copy has a mode for itself.
    WaitingTime waiting = chain.waiting(plan, copies, cutoffs, FreeRunning.STEPS);
    FreeRun played = new FreeRun(chain.view(), cutoffSeconds, 7).run(plan, RUNS);
    assertThat(waiting.lostProbability()).isLessThan(1e-9);
    assertThat(waiting.meanSeconds())
        .isCloseTo(played.meanSeconds(), within(SIGMAS * played.deviationOfMean()));
    for (Pauli error : Pauli.values()) {
      double share = waiting.state().probability(error);
      assertThat(share)
          .as("share of %s", error)
          .isCloseTo(
              played.share(error), within(SIGMAS * Math.sqrt(share * (1 - share) / RUNS) + 1e-9));
    }
  }
}
