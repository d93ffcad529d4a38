package net.bellwether.wire.plan;

import java.util.SequencedMap;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.PlanText;
import net.bellwether.scheduler.solver.FluidFigures;
import net.bellwether.scheduler.solver.Solution.Effort;
import net.bellwether.topology.id.LinkId;
import net.bellwether.v1.PlanEffort;
import net.bellwether.v1.PlanRequestResponse;
import net.bellwether.wire.Vocabulary;

/// What the planner's outcome says by itself, as the fields of an answer.
final class AnswerWriter {
  private static final double PICOS_PER_MICRO = 1e6;

  private AnswerWriter() {}

  static PlanRequestResponse.Builder planned(PlanOutcome.Planned planned) {
    Evaluation evaluation = planned.evaluation();
    PlanRequestResponse.Builder answer =
        PlanRequestResponse.newBuilder()
            .setStatus(PlanMessages.PLANNED)
            .setRunnable(true)
            .setPairsPerSecond(evaluation.pairsPerSecond())
            .setFidelity(evaluation.state().fidelity())
            .setBellDiagonal(Vocabulary.toProto(evaluation.state()))
            .setSecretKeyBitsPerSecond(evaluation.asymptoticKeyBitsPerSecond())
            .setFiniteKeyBitsPerSecond(evaluation.finiteKeyBitsPerSecond())
            .setTree(PlanText.tree(planned.plan()))
            .setFluidPairsPerSecond(evaluation.fluidPairsPerSecond())
            .setQberZ(evaluation.qberZ())
            .setQberX(evaluation.qberX())
            .setTailMicros(evaluation.tailPicos() / PICOS_PER_MICRO);
    addConsumed(answer, evaluation.pairsConsumedPerLink());
    return addBound(answer, planned.upperBound(), planned.gap(), planned.effort());
  }

  static PlanRequestResponse.Builder fluid(PlanOutcome.Fluid fluid) {
    FluidFigures figures = fluid.figures();
    PlanRequestResponse.Builder answer =
        PlanRequestResponse.newBuilder()
            .setStatus(PlanMessages.PLANNED)
            .setRunnable(false)
            .setReason(fluid.reason())
            .setSecretKeyBitsPerSecond(figures.secretKeyBitsPerSecond())
            .setTree(PlanText.tree(fluid.plan()))
            .setFluidPairsPerSecond(figures.pairsPerSecond());
    figures
        .state()
        .ifPresent(state ->
            answer.setFidelity(state.fidelity()).setBellDiagonal(Vocabulary.toProto(state)));
    addConsumed(answer, figures.pairsConsumedPerLink());
    return addBound(answer, fluid.upperBound(), fluid.gap(), fluid.effort());
  }

  static PlanRequestResponse.Builder rejected(PlanOutcome.Rejected rejected) {
    PlanRequestResponse.Builder answer =
        PlanRequestResponse.newBuilder()
            .setStatus(PlanMessages.REJECTED)
            .setReason(Words.of(rejected.reason()) + ": " + rejected.detail())
            .addAllAdvice(rejected.advice());
    rejected.reachableFidelity().ifPresent(answer::setReachableFidelity);
    return answer;
  }

  private static void addConsumed(
      PlanRequestResponse.Builder answer, SequencedMap<LinkId, Double> consumed) {
    consumed.forEach((link, pairs) -> answer.putPairsConsumedPerLink(link.value(), pairs));
  }

  private static PlanRequestResponse.Builder addBound(
      PlanRequestResponse.Builder answer, double upperBound, double gap, Effort effort) {
    return answer
        .setUpperBound(upperBound)
        .setGap(gap)
        .setProvenOptimal(gap == 0)
        .setEffort(
            PlanEffort.newBuilder()
                .setCandidates(effort.candidates())
                .setLabels(effort.labels())
                .setSpans(effort.spans())
                .setPasses(effort.passes()));
  }
}
