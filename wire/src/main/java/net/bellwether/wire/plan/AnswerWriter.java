package net.bellwether.wire.plan;

import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.PlanText;
import net.bellwether.v1.PlanRequestResponse;
import net.bellwether.wire.Vocabulary;

/// What the planner's outcome says by itself, as the fields of an answer.
final class AnswerWriter {
  private static final double PICOS_PER_MICRO = 1e6;

  private AnswerWriter() {}

  static PlanRequestResponse.Builder planned(PlanOutcome.Planned planned, long planningMicros) {
    Evaluation evaluation = planned.evaluation();
    PlanRequestResponse.Builder answer =
        PlanRequestResponse.newBuilder()
            .setStatus(PlanMessages.PLANNED)
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
            .setQberX(evaluation.qberX())
            .setProvenOptimal(planned.gap() == 0)
            .setTailMicros(evaluation.tailPicos() / PICOS_PER_MICRO);
    evaluation
        .pairsConsumedPerLink()
        .forEach((link, pairs) -> answer.putPairsConsumedPerLink(link.value(), pairs));
    return answer;
  }

  static PlanRequestResponse.Builder rejected(PlanOutcome.Rejected rejected, long planningMicros) {
    PlanRequestResponse.Builder answer =
        PlanRequestResponse.newBuilder()
            .setStatus(PlanMessages.REJECTED)
            .setReason(Words.of(rejected.reason()) + ": " + rejected.detail())
            .setPlanningMicros(planningMicros);
    rejected.reachableFidelity().ifPresent(answer::setReachableFidelity);
    return answer;
  }
}
