package net.bellwether.wire.plan;

import static net.bellwether.wire.plan.TestNetwork.ARGONNE;
import static net.bellwether.wire.plan.TestNetwork.CHICAGO;
import static net.bellwether.wire.plan.TestNetwork.LINK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.Grant;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.solver.Solution.Effort;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.Capacity;
import net.bellwether.topology.physics.SecretKey;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.v1.NodeWaiting;
import net.bellwether.v1.PlanRequestRequest;
import net.bellwether.v1.PlanRequestResponse;
import org.junit.jupiter.api.Test;

class PlanMessagesTest {
  private static final PlanningGround GROUND = PlanningGround.declared(TestNetwork.QIT);

  @Test
  void everyFigureOfARunningPlanIsTold() {
    LinkedHashMap<LinkId, Double> consumed = new LinkedHashMap<>();
    consumed.put(LINK, 2.5);
    Evaluation evaluation =
        new Evaluation(
            120, 100, new BellDiagonal(0.9, 0.05, 0.03, 0.02), 0.08, 0.05, 40, 30, consumed, 3_000);
    PlanRequestResponse answer =
        PlanMessages.running(
            new PlanOutcome.Planned(
                new Plan.Generate(LINK, "bright", CHICAGO, ARGONNE),
                new Grant(new Rounds(0, 1, 1, 1), 1),
                evaluation,
                120,
                150,
                0.2,
                new Effort(0, 7, 0, 0)),
            42);
    assertThat(answer.getStatus()).isEqualTo("planned");
    assertThat(answer.getPairsPerSecond()).isEqualTo(100);
    assertThat(answer.getFluidPairsPerSecond()).isEqualTo(120);
    assertThat(answer.getFidelity()).isEqualTo(0.9);
    assertThat(answer.getBellDiagonal().getY()).isEqualTo(0.03);
    assertThat(answer.getSecretKeyBitsPerSecond()).isEqualTo(40);
    assertThat(answer.getFiniteKeyBitsPerSecond()).isEqualTo(30);
    assertThat(answer.getQberZ()).isEqualTo(0.08);
    assertThat(answer.getQberX()).isEqualTo(0.05);
    assertThat(answer.getUpperBound()).isEqualTo(150);
    assertThat(answer.getGap()).isEqualTo(0.2);
    assertThat(answer.getProvenOptimal()).isFalse();
    assertThat(answer.getRunnable()).isTrue();
    assertThat(answer.getTailMicros()).isEqualTo(0.003);
    assertThat(answer.getPlanningMicros()).isEqualTo(42);
    assertThat(answer.getPairsConsumedPerLinkMap()).containsEntry("chicago-argonne", 2.5);
    assertThat(answer.getTree()).contains("chicago-argonne");
    assertThat(answer.getReason()).isEmpty();
  }

  @Test
  void planThatWasAskedForTellsWhatItsRequestMeans() {
    PlanRequestResponse answer = plan(question().setMinFidelity(0.8));
    assertThat(answer.getObjective()).isEqualTo("pair-rate");
    assertThat(answer.getValue()).isLessThanOrEqualTo(answer.getUpperBound() * (1 + 1e-12));
    assertThat(answer.getCost())
        .isCloseTo(
            answer.getPairsConsumedPerLinkMap().values().stream().mapToDouble(it -> it).sum(),
            within(1e-12));
    assertThat(answer.getEffort().getCandidates()).isPositive();
    assertThat(answer.getWaitingList())
        .extracting(NodeWaiting::getNode)
        .containsExactly("chicago", "argonne", "fermilab");
  }

  @Test
  void cheapestPlanCostsItsValue() {
    PlanRequestResponse answer =
        plan(question().setMinFidelity(0.8).setObjective("cheapest").putPrices("fermilab", 10));
    assertThat(answer.getObjective()).isEqualTo("cheapest");
    assertThat(answer.getCost()).isEqualTo(answer.getValue()).isGreaterThanOrEqualTo(11);
    assertThat(answer.getUpperBound()).isLessThanOrEqualTo(answer.getValue() * (1 + 1e-12));
  }

  @Test
  void shareOfTheCapacityIsWhatHashingDistilsOverTheWorstLink() {
    PlanRequestResponse answer = plan(question().setMinFidelity(0.9));
    double capacity = Capacity.chainBitsPerSecond(TestNetwork.QIT.links().values());
    var state = answer.getBellDiagonal();
    double distilled =
        answer.getPairsPerSecond()
            * SecretKey.sixStateFraction(
                new BellDiagonal(state.getI(), state.getX(), state.getY(), state.getZ()));
    assertThat(answer.getCapacityPerSecond()).isEqualTo(capacity);
    assertThat(answer.getCapacityShare())
        .isCloseTo(distilled / capacity, within(1e-12))
        .isBetween(0.0, 1.0);
  }

  @Test
  void alternativesTradeRateForFidelity() {
    PlanRequestResponse answer = plan(question().setMinFidelity(0.7).setAlternatives(3));
    assertThat(answer.getAlternativesList()).hasSizeBetween(2, 3);
    for (int i = 1; i < answer.getAlternativesCount(); i++) {
      PlanRequestResponse faster = answer.getAlternatives(i - 1);
      PlanRequestResponse finer = answer.getAlternatives(i);
      assertThat(finer.getPairsPerSecond()).isLessThan(faster.getPairsPerSecond());
      assertThat(finer.getFidelity()).isGreaterThan(faster.getFidelity());
    }
  }

  @Test
  void keyOverARelayIsAPlanThatAgentsDoNotRun() {
    PlanRequestResponse answer =
        plan(
            question().setObjective("secret-key-rate").addRelays("argonne").addRequired("argonne"));
    assertThat(answer.getStatus()).isEqualTo("planned");
    assertThat(answer.getRunnable()).isFalse();
    assertThat(answer.getReason()).contains("relay");
    assertThat(answer.getSecretKeyBitsPerSecond()).isPositive();
    assertThat(answer.hasBellDiagonal()).isFalse();
    assertThat(answer.getCapacityShare()).isBetween(0.0, 1.0);
  }

  @Test
  void rejectionTellsItsReasonAndWhatCanBeReached() {
    PlanRequestResponse answer = plan(question().setMinFidelity(1));
    assertThat(answer.getStatus()).isEqualTo("rejected");
    assertThat(answer.getReason()).startsWith("fidelity-unreachable: ");
    assertThat(answer.getReachableFidelity()).isBetween(0.9, 1.0);
    assertThat(answer.getObjective()).isEqualTo("pair-rate");
  }

  private static PlanRequestRequest.Builder question() {
    return PlanRequestRequest.newBuilder().setFromNode("chicago").setToNode("fermilab");
  }

  private static PlanRequestResponse plan(PlanRequestRequest.Builder question) {
    return PlanMessages.answer(
        GROUND, PlanMessages.read(TestNetwork.QIT, question.build()), () -> 0);
  }
}
