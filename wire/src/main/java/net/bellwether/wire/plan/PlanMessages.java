package net.bellwether.wire.plan;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.PlanText;
import net.bellwether.scheduler.Request;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.PlanRequestRequest;
import net.bellwether.v1.PlanRequestResponse;
import net.bellwether.wire.Vocabulary;

/// What a planning question means and how its answer is told.
public final class PlanMessages {
  public static final String PLANNED = "planned";
  public static final String REJECTED = "rejected";

  private static final double FIDELITY_FLOOR = 0.5;

  private PlanMessages() {}

  /// The planner's request. `network` names the network in errors.
  ///
  /// @throws IllegalArgumentException where a node is not one of `nodes`, both are the same, or the
  ///   fidelity is neither 0 nor in (0.5, 1]
  public static Request request(
      String network, Collection<NodeId> nodes, PlanRequestRequest question) {
    NodeId from = node("from", question.getFromNode(), network, nodes);
    NodeId to = node("to", question.getToNode(), network, nodes);
    double minFidelity = question.getMinFidelity();
    if (minFidelity == 0) {
      return Request.key(from, to);
    }
    if (!(minFidelity > FIDELITY_FLOOR && minFidelity <= 1)) {
      throw new IllegalArgumentException(
          "min_fidelity ("
              + minFidelity
              + ") must be in (0.5, 1], or 0 for the best secret key rate"
              + "\na state at 0.5 or less carries no entanglement");
    }
    return Request.pairs(from, to, minFidelity);
  }

  /// The node called `name`; `field` and `network` name both in the error, which suggests the
  /// nearest node and lists all.
  ///
  /// @throws IllegalArgumentException where there is none
  public static NodeId node(String field, String name, String network, Collection<NodeId> nodes) {
    for (NodeId node : nodes) {
      if (node.value().equals(name)) {
        return node;
      }
    }
    String hint =
        Spelling.nearest(name, nodes.stream().map(NodeId::value).toList())
            .map(near -> "; did you mean " + near + "?")
            .orElse(";");
    String all = nodes.stream().map(NodeId::value).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "%s (%s) is not a node of %s%s nodes: %s".formatted(field, name, network, hint, all));
  }

  /// The answer; `planningMicros` is the time the caller measured.
  public static PlanRequestResponse response(PlanOutcome outcome, long planningMicros) {
    return switch (outcome) {
      case PlanOutcome.Planned planned -> planned(planned, planningMicros);
      case PlanOutcome.Rejected rejected ->
          PlanRequestResponse.newBuilder()
              .setStatus(REJECTED)
              .setReason(code(rejected.reason()) + ": " + rejected.detail())
              .setPlanningMicros(planningMicros)
              .build();
    };
  }

  private static PlanRequestResponse planned(PlanOutcome.Planned planned, long planningMicros) {
    Evaluation evaluation = planned.evaluation();
    PlanRequestResponse.Builder message =
        PlanRequestResponse.newBuilder()
            .setStatus(PLANNED)
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
    evaluation
        .pairsConsumedPerLink()
        .forEach((link, pairs) -> message.putPairsConsumedPerLink(link.value(), pairs));
    return message.build();
  }

  /// For example `fidelity-unreachable`.
  private static String code(PlanOutcome.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
