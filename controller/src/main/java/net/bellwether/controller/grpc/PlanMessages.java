package net.bellwether.controller.grpc;

import java.util.Map;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.PlanText;
import net.bellwether.topology.id.LinkId;
import net.bellwether.v1.PlanRequestResponse;
import net.bellwether.wire.Vocabulary;

/// The planner's answer as its message.
final class PlanMessages {
  private PlanMessages() {}

  static PlanRequestResponse toProto(PlanOutcome outcome, long planningMicros) {
    return switch (outcome) {
      case PlanOutcome.Planned planned -> planned(planned, planningMicros);
      case PlanOutcome.Rejected rejected ->
          PlanRequestResponse.newBuilder()
              .setStatus("rejected")
              .setReason(rejected.detail())
              .setFidelity(rejected.reachableFidelity().orElse(0))
              .setPlanningMicros(planningMicros)
              .build();
    };
  }

  private static PlanRequestResponse planned(PlanOutcome.Planned planned, long planningMicros) {
    Evaluation evaluation = planned.evaluation();
    PlanRequestResponse.Builder message =
        PlanRequestResponse.newBuilder()
            .setStatus("planned")
            .setPairsPerSecond(evaluation.pairsPerSecond())
            .setFidelity(evaluation.state().fidelity())
            .setBellDiagonal(Vocabulary.toProto(evaluation.state()))
            .setSecretKeyBitsPerSecond(evaluation.asymptoticKeyBitsPerSecond())
            .setFiniteKeyBitsPerSecond(evaluation.finiteKeyBitsPerSecond())
            .setTree(PlanText.tree(planned.plan()))
            .setFluidPairsPerSecond(evaluation.fluidPairsPerSecond())
            .setUpperBound(planned.upperBound())
            .setGap(planned.gap())
            .setPlanningMicros(planningMicros)
            .setQberZ(evaluation.qberZ())
            .setQberX(evaluation.qberX());
    for (Map.Entry<LinkId, Double> consumed : evaluation.pairsConsumedPerLink().entrySet()) {
      message.putPairsConsumedPerLink(consumed.getKey().value(), consumed.getValue());
    }
    return message.build();
  }
}
