package net.bellwether.wire.plan;

import java.util.List;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.Evaluator;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.Request;
import net.bellwether.scheduler.evaluate.NodeWaiting;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.Capacity;
import net.bellwether.topology.physics.SecretKey;
import net.bellwether.v1.PlanRequestResponse;

/// What is computed of a plan only to be told.
record PlanFigures(PlanningGround ground, Request request) {
  private static final double MICROS_PER_SECOND = 1e6;

  void addTo(PlanRequestResponse.Builder answer, PlanOutcome.Planned planned) {
    answer.setObjective(Words.of(request.objective()));
    Evaluator.waiting(planned.plan(), ground.view(), planned.grant())
        .forEach((node, waiting) -> answer.addWaiting(message(node, waiting)));
    PlanPath.find(planned.plan()).ifPresent(path -> addCapacity(answer, planned.evaluation(), path));
  }

  private static net.bellwether.v1.NodeWaiting message(NodeId node, NodeWaiting waiting) {
    return net.bellwether.v1.NodeWaiting.newBuilder()
        .setNode(node.value())
        .setWaitMicros(waiting.waitSeconds() * MICROS_PER_SECOND)
        .setMemoryMicros(waiting.memorySeconds() * MICROS_PER_SECOND)
        .build();
  }

  /// What can be distilled from the pairs at least (hashing), of what any protocol could at most.
  private void addCapacity(
      PlanRequestResponse.Builder answer, Evaluation evaluation, List<LinkId> path) {
    double capacity =
        Capacity.chainBitsPerSecond(path.stream().map(ground.network()::link).toList());
    double distillable =
        evaluation.pairsPerSecond() * SecretKey.sixStateFraction(evaluation.state());
    answer.setCapacityPerSecond(capacity).setCapacityShare(distillable / capacity);
  }
}
