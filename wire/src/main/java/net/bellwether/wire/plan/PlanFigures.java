package net.bellwether.wire.plan;

import java.util.Collection;
import java.util.List;
import net.bellwether.scheduler.Evaluator;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.evaluate.NodeWaiting;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.solver.FluidFigures;
import net.bellwether.scheduler.waiting.Cutoffs;
import net.bellwether.scheduler.waiting.FreeRunning;
import net.bellwether.scheduler.waiting.WaitingTime;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.Capacity;
import net.bellwether.topology.physics.SecretKey;
import net.bellwether.v1.PlanRequestResponse;

/// An outcome in full: with what only its request tells, and what is computed only to be told.
record PlanFigures(PlanningGround ground, Request request) {
  private static final double MICROS_PER_SECOND = 1e6;

  /// Within about a percent, in a millisecond or so for each operation that may fail.
  private static final int FREE_RUNNING_STEPS = 1_024;

  PlanRequestResponse.Builder answer(PlanOutcome outcome) {
    PlanRequestResponse.Builder answer =
        switch (outcome) {
          case PlanOutcome.Planned planned -> planned(planned);
          case PlanOutcome.Fluid fluid -> fluid(fluid);
          case PlanOutcome.Rejected rejected -> AnswerWriter.rejected(rejected);
        };
    return answer.setObjective(Words.of(request.objective()));
  }

  private PlanRequestResponse.Builder planned(PlanOutcome.Planned planned) {
    PlanRequestResponse.Builder answer = AnswerWriter.planned(planned);
    var evaluation = planned.evaluation();
    addValue(answer, planned.fluidValue(), evaluation.pairsConsumedPerLink().values());
    Evaluator.waiting(planned.plan(), ground.view(), planned.grant())
        .forEach((node, waiting) -> answer.addWaiting(message(node, waiting)));
    answer.setFreeRunning(
        message(
            FreeRunning.of(
                planned.plan(),
                ground.view(),
                planned.grant().memoryShare(),
                Cutoffs.NONE,
                FREE_RUNNING_STEPS)));
    addCapacity(
        answer, planned.plan(), distillable(evaluation.pairsPerSecond(), evaluation.state()));
    return answer;
  }

  private PlanRequestResponse.Builder fluid(PlanOutcome.Fluid fluid) {
    PlanRequestResponse.Builder answer = AnswerWriter.fluid(fluid);
    FluidFigures figures = fluid.figures();
    addValue(answer, figures.value(), figures.pairsConsumedPerLink().values());
    double secret =
        figures
            .state()
            .map(state -> distillable(figures.pairsPerSecond(), state))
            .orElse(figures.secretKeyBitsPerSecond());
    addCapacity(answer, fluid.plan(), secret);
    return answer;
  }

  /// At prices the cost is the value; else every elementary pair costs one.
  private void addValue(
      PlanRequestResponse.Builder answer, double value, Collection<Double> consumed) {
    double pairs = consumed.stream().mapToDouble(Double::doubleValue).sum();
    answer
        .setValue(value)
        .setCost(request.objective() instanceof Objective.Cheapest ? value : pairs);
  }

  private static net.bellwether.v1.NodeWaiting message(NodeId node, NodeWaiting waiting) {
    return net.bellwether.v1.NodeWaiting.newBuilder()
        .setNode(node.value())
        .setWaitMicros(waiting.waitSeconds() * MICROS_PER_SECOND)
        .setMemoryMicros(waiting.memorySeconds() * MICROS_PER_SECOND)
        .build();
  }

  private static net.bellwether.v1.FreeRunning message(WaitingTime waiting) {
    var message =
        net.bellwether.v1.FreeRunning.newBuilder()
            .setMeanMicros(waiting.meanSeconds() * MICROS_PER_SECOND)
            .setFidelity(waiting.state().fidelity());
    waiting
        .findQuantileSeconds(0.95)
        .ifPresent(seconds -> message.setP95Micros(seconds * MICROS_PER_SECOND));
    return message.build();
  }

  /// What hashing distils of the pairs, a second.
  private static double distillable(double pairsPerSecond, BellDiagonal state) {
    return pairsPerSecond * SecretKey.sixStateFraction(state);
  }

  /// What is made of the path, of what any protocol could make of it.
  private void addCapacity(PlanRequestResponse.Builder answer, Plan plan, double perSecond) {
    PlanPath.find(plan)
        .ifPresent(path -> {
          double capacity = capacityPerSecond(path);
          answer.setCapacityPerSecond(capacity).setCapacityShare(perSecond / capacity);
        });
  }

  private double capacityPerSecond(List<LinkId> path) {
    return Capacity.chainBitsPerSecond(path.stream().map(ground.network()::link).toList());
  }
}
