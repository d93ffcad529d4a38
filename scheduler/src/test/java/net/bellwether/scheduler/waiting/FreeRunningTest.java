package net.bellwether.scheduler.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.physics.BellDiagonal;
import org.junit.jupiter.api.Test;

/// What must hold of any plan, and what is refused.
class FreeRunningTest {
  private static final Qubits SHORT_LIVED = new Qubits(64, 400, 150);

  private static Chain decaying(double p) {
    return Chain.equal(4, p).swapSuccess(0.7).memory(SHORT_LIVED);
  }

  @Test
  void betterLinksTakeLessTimeAndKeepMore() {
    WaitingTime before = decaying(0.05).waiting();
    for (double p : new double[] {0.08, 0.15, 0.3, 0.6, 1}) {
      WaitingTime now = decaying(p).waiting();
      assertThat(now.meanSeconds()).isLessThan(before.meanSeconds());
      assertThat(now.state().fidelity()).isGreaterThan(before.state().fidelity());
      for (double seconds : new double[] {1, 5, 20, 100}) {
        assertThat(now.probabilityWithin(seconds))
            .isGreaterThanOrEqualTo(before.probabilityWithin(seconds) - 1e-12);
      }
      before = now;
    }
  }

  @Test
  void shorterCutoffsTakeLongerAndKeepMore() {
    Chain chain = decaying(0.1);
    WaitingTime before = chain.waiting();
    for (double seconds : new double[] {40, 20, 10, 5, 2}) {
      WaitingTime now = chain.waiting(chain.all(), 1, Cutoffs.everywhere(seconds), 8_192);
      assertThat(now.meanSeconds()).isGreaterThan(before.meanSeconds());
      assertThat(now.state().fidelity()).isGreaterThan(before.state().fidelity());
      before = now;
    }
  }

  @Test
  void moreModesActAsOneThatSucceedsMoreOften() {
    Chain chain = Chain.of(0.1, 0.1);
    assertThat(chain.waiting(chain.all(), 3, Cutoffs.NONE, 2_048).meanSeconds())
        .isCloseTo(Chain.equal(2, 1 - Math.pow(0.9, 3)).waiting().meanSeconds(), within(1e-9));
  }

  @Test
  void cutoffsOfEachLevelAreItsOwn() {
    Chain chain = decaying(0.1);
    Cutoffs onlyAbove = new Cutoffs(List.of(Double.POSITIVE_INFINITY, 5.0));
    Cutoffs both = new Cutoffs(List.of(5.0, 5.0));
    assertThat(chain.waiting(chain.all(), 1, onlyAbove, 4_096).meanSeconds())
        .isLessThan(chain.waiting(chain.all(), 1, both, 4_096).meanSeconds());
    assertThat(chain.waiting(chain.all(), 1, both, 4_096).meanSeconds())
        .isEqualTo(chain.waiting(chain.all(), 1, Cutoffs.everywhere(5), 4_096).meanSeconds());
  }

  @Test
  void distributionIsExactWhateverItsGridLeavesOut() {
    Chain chain = decaying(0.02);
    WaitingTime all = chain.waiting();
    WaitingTime some = chain.waiting(chain.all(), 1, Cutoffs.everywhere(16), 64);
    WaitingTime more = chain.waiting(chain.all(), 1, Cutoffs.everywhere(16), 8_192);
    assertThat(some.lostProbability()).isGreaterThan(0.1);
    assertThat(some.probabilityWithin(50)).isCloseTo(more.probabilityWithin(50), within(1e-12));
    assertThat(some.findQuantileSeconds(0.999)).isEmpty();
    assertThat(all.findQuantileSeconds(0.999)).isPresent();
  }

  @Test
  void coarseGridsTellWhatTheyCost() {
    Chain chain = decaying(0.02);
    WaitingTime fine = chain.waiting();
    WaitingTime coarse = chain.waiting(chain.all(), 1, Cutoffs.NONE, 512);
    GridErrors errors =
        FreeRunning.errors(coarse, chain.all(), chain.view(), 1 / 8.0, Cutoffs.NONE);
    assertThat(coarse.stepSeconds()).isGreaterThan(fine.stepSeconds());
    assertThat(Math.abs(coarse.meanSeconds() / fine.meanSeconds() - 1))
        .isLessThan(errors.meanTimeRatio());
    assertThat(Math.abs(coarse.state().fidelity() - fine.state().fidelity()))
        .isLessThan(errors.fidelity());
    assertThat(errors.meanTimeRatio()).isLessThan(0.01);
    assertThat(FreeRunning.errors(fine, chain.all(), chain.view(), 1 / 8.0, Cutoffs.NONE))
        .isEqualTo(new GridErrors(0, 0));
  }

  @Test
  void bestCutoffForARateKeepsTheFloor() {
    Chain chain = decaying(0.1);
    WaitingTime never = chain.waiting();
    double floor = never.state().fidelity() + 0.1;
    BestCutoff best =
        FreeRunning.findBestCutoff(
                chain.all(), chain.view(), 1 / 8.0, new CutoffObjective.PairRate(floor))
            .orElseThrow();
    assertThat(best.waiting().state().fidelity()).isGreaterThanOrEqualTo(floor);
    // An attempt more, and the floor is missed.
    WaitingTime longer =
        chain.waiting(chain.all(), 1, Cutoffs.everywhere(best.cutoffSeconds() + 1), 2_048);
    assertThat(longer.state().fidelity()).isLessThan(floor);
  }

  @Test
  void noCutoffMakesPairsBetterThanTheirLinks() {
    Chain chain = decaying(0.1).states(BellDiagonal.werner(0.95));
    assertThat(
            FreeRunning.findBestCutoff(
                chain.all(), chain.view(), 1 / 8.0, new CutoffObjective.PairRate(0.9)))
        .isEmpty();
  }

  @Test
  void bestCutoffForKeyBeatsAllOthers() {
    Chain chain = Chain.equal(2, 0.05).memory(SHORT_LIVED).states(BellDiagonal.werner(0.97));
    BestCutoff best =
        FreeRunning.findBestCutoff(
                chain.all(), chain.view(), 1 / 8.0, new CutoffObjective.SecretKeyRate())
            .orElseThrow();
    assertThat(best.cutoffSeconds()).isBetween(1.0, 100.0);
    for (int seconds = 1; seconds < 100; seconds++) {
      BestCutoff other =
          new CutoffSearch(chain.all(), chain.view(), 1 / 8.0, new CutoffObjective.SecretKeyRate())
              .at(seconds);
      assertThat(other.value()).isLessThanOrEqualTo(best.value() * (1 + 1e-12));
    }
  }

  @Test
  void equalQuestionsGetEqualBits() {
    assertThat(decaying(0.1).waiting().meanSeconds())
        .isEqualTo(decaying(0.1).waiting().meanSeconds());
  }

  @Test
  void whatCannotRunIsRefusedByName() {
    Chain chain = Chain.of(0.1, 0.1);
    Plan purified = Chain.purify(chain.link(0));
    assertThatThrownBy(() -> chain.waiting(purified, 1, Cutoffs.NONE, 2_048))
        .hasMessage(
            "multiplexing (1) of link l0 must be at least 2, one mode for each pair that the plan holds of it at once");
    assertThatThrownBy(() -> Chain.of(0.1, 0.1).swapSuccess(0).waiting())
        .hasMessage("swapSuccessProbability (0.0) of node n1 must be above 0");
    assertThatThrownBy(() -> Chain.of(0.1, 0).waiting())
        .hasMessage("attemptSuccessProbability (0.0) of link l1 must be above 0");
    assertThatThrownBy(() -> chain.waiting(chain.all(), 1, Cutoffs.NONE, 7))
        .hasMessage("stepsMax (7) must be in [64, 32768]");
    Plan relay = new Plan.Relay(chain.link(0), chain.link(1), Chain.node(1));
    assertThatThrownBy(() -> chain.waiting(relay, 1, Cutoffs.NONE, 2_048))
        .hasMessage("plan must make pairs; the relay at n1 makes keys");
    assertThatThrownBy(() -> new Cutoffs(List.of(1.0, -1.0)))
        .hasMessage("secondsByLevel[1] (-1.0) must be at least 0");
  }
}
