package net.bellwether.wire.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.Grant;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.Request;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.v1.PlanRequestRequest;
import net.bellwether.v1.PlanRequestResponse;
import org.junit.jupiter.api.Test;

class PlanMessagesTest {
  private static final NodeId CHICAGO = NodeId.of("chicago");
  private static final NodeId ARGONNE = NodeId.of("argonne");
  private static final LinkId LINK = LinkId.of("chicago-argonne");

  @Test
  void everyFigureOfAPlanIsTold() {
    LinkedHashMap<LinkId, Double> consumed = new LinkedHashMap<>();
    consumed.put(LINK, 2.5);
    Evaluation evaluation =
        new Evaluation(
            120, 100, new BellDiagonal(0.9, 0.05, 0.03, 0.02), 0.08, 0.05, 40, 30, consumed, 0);
    PlanRequestResponse answer =
        PlanMessages.response(
            new PlanOutcome.Planned(
                new Plan.Generate(LINK, "bright", CHICAGO, ARGONNE),
                new Grant(new Rounds(0, 1, 1, 1), 1),
                evaluation,
                150,
                0.2,
                7),
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
    assertThat(answer.getPlanningMicros()).isEqualTo(42);
    assertThat(answer.getPairsConsumedPerLinkMap()).containsEntry("chicago-argonne", 2.5);
    assertThat(answer.getTree()).contains("chicago-argonne");
    assertThat(answer.getReason()).isEmpty();
  }

  @Test
  void rejectionTellsItsReason() {
    PlanRequestResponse answer =
        PlanMessages.response(
            new PlanOutcome.Rejected(
                PlanOutcome.Reason.NO_PATH, "nothing joins them", OptionalDouble.empty()),
            1);
    assertThat(answer.getStatus()).isEqualTo("rejected");
    assertThat(answer.getReason()).isEqualTo("no-path: nothing joins them");
  }
}
