package net.bellwether.scheduler.stage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.stage.Stage.Origin;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.NodeId;

/// A plan's stages, inputs before results, the last one finished; and the path that carries it.
/// `leftMeasureStage` and `rightMeasureStage` are the stages at which the two ends may measure:
/// after the last purification that needs their qubit.
public record StagedPlan(
    List<Stage> stages,
    List<LinkMode> path,
    SequencedMap<NodeId, Long> positionPicos,
    int leftMeasureStage,
    int rightMeasureStage) {

  /// Added to a plan's critical path, so that no stamp meets the end of its round.
  private static final long TAIL_MARGIN_PICOS = 1_000;

  public StagedPlan {
    stages = List.copyOf(stages);
    path = List.copyOf(path);
    positionPicos = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(positionPicos));
  }

  /// Numbers the stages of `plan`. Refuses what the rule engine cannot do: key relays, purification
  /// of two different sub-plans, and paths that meet themselves.
  public static StagedPlan of(Plan plan, NetworkView view) {
    List<LinkMode> path = new ArrayList<>();
    SequencedMap<NodeId, Long> positions = new LinkedHashMap<>();
    positions.put(plan.left(), 0L);
    walk(plan, view, path, positions);
    List<Stage> stages = new ArrayList<>();
    Stage last = number(plan, view, positions, stages);
    return new StagedPlan(
        stages, path, positions, measureStage(last, plan.left()), measureStage(last, plan.right()));
  }

  /// Why agents cannot run a plan, if they cannot: it relays keys, purifies pairs of two different
  /// sub-plans, or its path meets itself.
  public static Optional<String> refusal(Plan plan) {
    return refusal(plan, new LinkedHashSet<>(List.of(plan.left())));
  }

  private static Optional<String> refusal(Plan plan, Set<NodeId> passed) {
    return switch (plan) {
      case Plan.Generate generate ->
          passed.add(generate.right())
              ? Optional.empty()
              : Optional.of("its path passes " + generate.right() + " twice");
      case Plan.Swap swap ->
          refusal(swap.leftPart(), passed).or(() -> refusal(swap.rightPart(), passed));
      case Plan.Purify purify ->
          purify.kept().equals(purify.sacrificed())
              ? refusal(purify.kept(), passed)
              : Optional.of(
                  "it purifies pairs of two different sub-plans between %s and %s"
                      .formatted(purify.left(), purify.right()));
      case Plan.Relay relay -> Optional.of("it relays keys at " + relay.at());
    };
  }

  public Stage last() {
    return stages.getLast();
  }

  /// Time that messages take between two nodes of the path.
  public long latencyPicos(NodeId one, NodeId other) {
    return Math.abs(position(one) - position(other));
  }

  /// Time a round needs after its attempts: the plan's longest chain of messages.
  public long tailPicos() {
    Stage last = last();
    return last.delayPicos()
        + Math.max(last.leftEntryPicos(), last.rightEntryPicos())
        + TAIL_MARGIN_PICOS;
  }

  /// Whether `end` has measured its half by the time a pair enters `stage`.
  public boolean isMeasured(NodeId end, Stage stage) {
    return (end.equals(last().left()) && stage.number() >= leftMeasureStage)
        || (end.equals(last().right()) && stage.number() >= rightMeasureStage);
  }

  private long position(NodeId node) {
    Long position = positionPicos.get(node);
    if (position == null) {
      throw new IllegalArgumentException("node (" + node + ") is not on the plan's path");
    }
    return position;
  }

  private static void walk(
      Plan plan, NetworkView view, List<LinkMode> path, SequencedMap<NodeId, Long> positions) {
    switch (plan) {
      case Plan.Generate generate -> {
        LinkMode mode = view.linkMode(generate.link(), generate.mode());
        if (!joins(mode, generate.left(), generate.right())) {
          throw new IllegalArgumentException(
              "link (%s) must join %s and %s, as its plan says"
                  .formatted(generate.link(), generate.left(), generate.right()));
        }
        long end = positions.sequencedValues().reversed().getFirst() + mode.classicalLatencyPicos();
        if (positions.putIfAbsent(generate.right(), end) != null) {
          throw new IllegalArgumentException(
              "plan's path must visit " + generate.right() + " only once");
        }
        path.add(mode);
      }
      case Plan.Swap swap -> {
        walk(swap.leftPart(), view, path, positions);
        walk(swap.rightPart(), view, path, positions);
      }
      case Plan.Purify purify -> {
        if (!purify.kept().equals(purify.sacrificed())) {
          throw new IllegalArgumentException(
              "purification between %s and %s must take two pairs of the same sub-plan\nthe rule engine purifies consecutive pairs of one stage"
                  .formatted(purify.left(), purify.right()));
        }
        walk(purify.kept(), view, path, positions);
      }
      case Plan.Relay relay ->
          throw new IllegalArgumentException(
              "relay at "
                  + relay.at()
                  + " must not be in a plan for pairs\na relay forwards key between two sessions and has no rules of its own");
    }
  }

  private static boolean joins(LinkMode mode, NodeId left, NodeId right) {
    return (mode.a().equals(left) && mode.b().equals(right))
        || (mode.a().equals(right) && mode.b().equals(left));
  }

  private static Stage number(
      Plan plan, NetworkView view, SequencedMap<NodeId, Long> positions, List<Stage> stages) {
    Stage stage =
        switch (plan) {
          case Plan.Generate generate ->
              new Stage(
                  stages.size(),
                  new Origin.Generated(view.linkMode(generate.link(), generate.mode())),
                  generate.left(),
                  generate.right(),
                  0,
                  0,
                  0);
          case Plan.Swap swap -> {
            Stage left = number(swap.leftPart(), view, positions, stages);
            Stage right = number(swap.rightPart(), view, positions, stages);
            yield swapped(stages.size(), left, right, swap.at(), positions);
          }
          case Plan.Purify purify -> {
            Stage input = number(purify.kept(), view, positions, stages);
            yield purified(stages.size(), input, purify, positions);
          }
          case Plan.Relay relay ->
              throw new IllegalArgumentException("relay at " + relay.at() + " has no stage");
        };
    stages.add(stage);
    return stage;
  }

  private static Stage swapped(
      int number, Stage left, Stage right, NodeId at, SequencedMap<NodeId, Long> positions) {
    return new Stage(
        number,
        new Origin.Swapped(left, right, at),
        left.left(),
        right.right(),
        Math.max(
            left.delayPicos() + left.rightEntryPicos(),
            right.delayPicos() + right.leftEntryPicos()),
        distance(positions, left.left(), at),
        distance(positions, at, right.right()));
  }

  private static Stage purified(
      int number, Stage input, Plan.Purify purify, SequencedMap<NodeId, Long> positions) {
    // The end whose pairs enter later initiates, so that its request finds them at the other end.
    boolean leftInitiates = input.leftEntryPicos() >= input.rightEntryPicos();
    long latency = distance(positions, input.left(), input.right());
    var origin = new Origin.Purified(input, purify.protocol(), leftInitiates, latency);
    return new Stage(
        number,
        origin,
        input.left(),
        input.right(),
        input.delayPicos() + origin.responderPicos(),
        leftInitiates ? latency : 0,
        leftInitiates ? 0 : latency);
  }

  private static long distance(SequencedMap<NodeId, Long> positions, NodeId one, NodeId other) {
    return Math.abs(positions.getOrDefault(one, 0L) - positions.getOrDefault(other, 0L));
  }

  private static int measureStage(Stage last, NodeId end) {
    Stage stage = last;
    while (stage.origin() instanceof Origin.Swapped swapped) {
      stage = end.equals(last.left()) ? swapped.leftInput() : swapped.rightInput();
    }
    return stage.number();
  }
}
