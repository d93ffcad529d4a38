package net.bellwether.scheduler;

import static net.bellwether.scheduler.Plans.grant;
import static net.bellwether.scheduler.Plans.link;
import static net.bellwether.scheduler.Plans.purify;
import static net.bellwether.scheduler.Plans.swap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.pair.PurificationProtocol;
import org.junit.jupiter.api.Test;

/// The evaluator against rounds played event by event.
class EvaluatorTest {
  private static final Qubits SHORT_LIVED = new Qubits(512, 0.5, 0.1);

  @Test
  void linkDeliversItsHeraldedPairs() {
    NetworkView view = TextNetwork.view("A -20km- B");
    agree(link(view, "a-b", "fine"), view, grant(1_000, 1_200, 50), 4_000);
  }

  @Test
  void swapOfTwoUnequalLinksWaitsForTheSlowerOne() {
    NetworkView view = TextNetwork.with().memory(SHORT_LIVED).declared("A -20km- r -35km- C");
    Plan plan = swap(link(view, "a-r", "middle"), link(view, "r-c", "fine"));
    agree(plan, view, grant(4_000, 5_000, 10), 6_000);
  }

  @Test
  void fewModesWaitLongForEachOther() {
    NetworkView view =
        TextNetwork.with().memory(SHORT_LIVED).multiplexing(2).declared("A -20km- r -35km- C");
    Plan plan = swap(link(view, "a-r", "bright"), link(view, "r-c", "bright"));
    agree(plan, view, grant(10_000, 11_000, 8), 60_000);
  }

  @Test
  void failingSwapsThinPairs() {
    NetworkView view =
        TextNetwork.with()
            .memory(SHORT_LIVED)
            .operations(new Operations(0.99, 0.01, 0.5))
            .declared("A -20km- r -35km- s -15km- t -40km- C");
    Plan plan =
        swap(
            swap(link(view, "a-r", "middle"), link(view, "r-s", "middle")),
            swap(link(view, "s-t", "middle"), link(view, "t-c", "bright")));
    agree(plan, view, grant(5_000, 8_000, 10), 10_000);
  }

  @Test
  void sequentialSwapsKeepTheFarEndWaiting() {
    NetworkView view =
        TextNetwork.with()
            .memory(SHORT_LIVED)
            .multiplexing(6)
            .declared("A -20km- r -35km- s -30km- C");
    Plan plan =
        swap(
            swap(link(view, "a-r", "bright"), link(view, "r-s", "bright")),
            link(view, "s-c", "bright"));
    agree(plan, view, grant(5_000, 6_000, 10), 20_000);
  }

  @Test
  void purifiedLinksLoseMoreThanHalf() {
    for (PurificationProtocol protocol : PurificationProtocol.values()) {
      NetworkView view = TextNetwork.with().memory(SHORT_LIVED).declared("A -20km- B");
      Plan plan = purify(purify(link(view, "a-b", "bright"), protocol), protocol);
      agree(plan, view, grant(2_000, 3_000, 30), 10_000);
    }
  }

  @Test
  void purificationWithFewModesWaitsForTheSecondPair() {
    NetworkView view =
        TextNetwork.with().memory(SHORT_LIVED).multiplexing(4).declared("A -35km- r -20km- C");
    Plan plan =
        swap(
            purify(link(view, "a-r", "bright"), PurificationProtocol.DEJMPS),
            link(view, "r-c", "bright"));
    agree(plan, view, grant(10_000, 12_000, 7), 40_000);
  }

  @Test
  void purificationAfterASwapWaitsForMessages() {
    NetworkView view = TextNetwork.with().memory(SHORT_LIVED).declared("A -35km- r -20km- C");
    Plan plan =
        purify(
            swap(
                purify(link(view, "a-r", "bright"), PurificationProtocol.DEJMPS),
                link(view, "r-c", "middle")),
            PurificationProtocol.BBPSSW);
    agree(plan, view, grant(5_000, 8_000, 10), 10_000);
  }

  @Test
  void purificationAfterASwapWithFewModes() {
    NetworkView view =
        TextNetwork.with().memory(SHORT_LIVED).multiplexing(4).declared("A -35km- r -30km- C");
    Plan plan =
        purify(
            swap(link(view, "a-r", "bright"), link(view, "r-c", "bright")),
            PurificationProtocol.DEJMPS);
    agree(plan, view, grant(10_000, 12_000, 7), 60_000);
  }

  @Test
  void deliveredNeverExceedsFluid() {
    NetworkView view = TextNetwork.view("A -20km- r -35km- C");
    Plan plan =
        purify(
            swap(link(view, "a-r", "middle"), link(view, "r-c", "fine")),
            PurificationProtocol.DEJMPS);
    for (int attemptMicros = 300; attemptMicros < 90_000; attemptMicros *= 2) {
      Evaluation evaluation =
          Evaluator.evaluate(plan, view, grant(attemptMicros, attemptMicros + 1_000, 1));
      assertThat(evaluation.pairsPerSecond()).isLessThanOrEqualTo(evaluation.fluidPairsPerSecond());
    }
  }

  @Test
  void readoutErrorsOfBothEndsShowInTheErrorRate() {
    NetworkView view =
        TextNetwork.with().operations(new Operations(1, 0.05, 1)).declared("A -20km- B");
    Evaluation evaluation =
        Evaluator.evaluate(link(view, "a-b", "fine"), view, grant(1_000, 1_200, 50));
    double bare = evaluation.state().x() + evaluation.state().y();
    double flips = 2 * 0.05 * 0.95;
    assertThat(evaluation.qberZ())
        .isCloseTo(bare * (1 - flips) + (1 - bare) * flips, within(1e-12));
  }

  @Test
  void roundsWithoutTimeForMessagesDeliverNothing() {
    NetworkView view = TextNetwork.view("A -20km- r -35km- C");
    Plan plan = swap(link(view, "a-r", "middle"), link(view, "r-c", "fine"));
    Evaluation evaluation = Evaluator.evaluate(plan, view, grant(150, 160, 50));
    assertThat(evaluation.pairsPerSecond()).isZero();
  }

  private static void agree(Plan plan, NetworkView view, Grant grant, int rounds) {
    Evaluation predicted = Evaluator.evaluate(plan, view, grant);
    RoundEmulation played = new RoundEmulation(plan, view, grant, 42).run(rounds);
    double pairsPerRound = predicted.pairsPerSecond() / grant.rounds().roundsPerSecond();
    assertThat(pairsPerRound / played.pairsPerRound(rounds)).isCloseTo(1, within(0.02));
    assertThat(predicted.state().fidelity()).isCloseTo(played.state().fidelity(), within(0.004));
    assertThat(predicted.state().x()).isCloseTo(played.state().x(), within(0.004));
    assertThat(predicted.state().z()).isCloseTo(played.state().z(), within(0.004));
    assertThat(predicted.tailPicos())
        .isLessThanOrEqualTo(grant.rounds().periodPicos() - grant.rounds().attemptPicos());
  }
}
