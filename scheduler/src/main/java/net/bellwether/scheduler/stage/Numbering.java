package net.bellwether.scheduler.stage;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.stage.Stage.Origin;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.Purification;

/// Numbers the stages of one plan, inputs before results, with their times and ideal states.
final class Numbering {
  private final NetworkView view;
  private final Latencies latencies;
  private final List<Stage> stages = new ArrayList<>();

  Numbering(NetworkView view, Latencies latencies) {
    this.view = view;
    this.latencies = latencies;
  }

  List<Stage> of(Plan plan) {
    number(plan);
    return stages;
  }

  /// IllegalArgumentException where a link does not join what the plan says.
  static void collectLinks(Plan plan, NetworkView view, List<LinkMode> links) {
    switch (plan) {
      case Plan.Generate generate -> {
        LinkMode mode = view.linkMode(generate.link(), generate.mode());
        if (!joins(mode, generate.left(), generate.right())) {
          throw new IllegalArgumentException(
              "link (%s) must join %s and %s, as its plan says"
                  .formatted(generate.link(), generate.left(), generate.right()));
        }
        links.add(mode);
      }
      case Plan.Swap swap -> {
        collectLinks(swap.leftPart(), view, links);
        collectLinks(swap.rightPart(), view, links);
      }
      case Plan.Purify purify -> {
        collectLinks(purify.kept(), view, links);
        if (!purify.kept().equals(purify.sacrificed())) {
          collectLinks(purify.sacrificed(), view, links);
        }
      }
      case Plan.Relay relay -> throw relayed(relay);
    }
  }

  private static boolean joins(LinkMode mode, NodeId left, NodeId right) {
    return (mode.a().equals(left) && mode.b().equals(right))
        || (mode.a().equals(right) && mode.b().equals(left));
  }

  private static IllegalArgumentException relayed(Plan.Relay relay) {
    return new IllegalArgumentException("relay at " + relay.at() + " has no stage");
  }

  private Stage number(Plan plan) {
    Stage stage =
        switch (plan) {
          case Plan.Generate generate -> generated(generate);
          case Plan.Swap swap ->
              swapped(number(swap.leftPart()), number(swap.rightPart()), swap.at());
          case Plan.Purify purify -> {
            Stage kept = number(purify.kept());
            boolean nested = purify.kept().equals(purify.sacrificed());
            yield purified(kept, nested ? kept : number(purify.sacrificed()), purify);
          }
          case Plan.Relay relay -> throw relayed(relay);
        };
    stages.add(stage);
    return stage;
  }

  private Stage generated(Plan.Generate generate) {
    LinkMode mode = view.linkMode(generate.link(), generate.mode());
    return new Stage(
        stages.size(),
        new Origin.Generated(mode),
        generate.left(),
        generate.right(),
        0,
        0,
        0,
        1,
        mode.state());
  }

  private Stage swapped(Stage left, Stage right, NodeId at) {
    Operations operations = view.node(at).operations();
    return new Stage(
        stages.size(),
        new Origin.Swapped(left, right, at),
        left.left(),
        right.right(),
        Math.max(left.readyPicos(at), right.readyPicos(at)),
        latencies.between(left.left(), at),
        latencies.between(at, right.right()),
        operations.swapSuccessProbability(),
        left.state().swapped(right.state(), operations));
  }

  private Stage purified(Stage kept, Stage sacrificed, Plan.Purify purify) {
    NodeId left = purify.left();
    NodeId right = purify.right();
    // The end whose pairs enter later initiates, so that its request finds them at the other end.
    long leftReady = Math.max(kept.readyPicos(left), sacrificed.readyPicos(left));
    long rightReady = Math.max(kept.readyPicos(right), sacrificed.readyPicos(right));
    boolean leftInitiates = leftReady >= rightReady;
    long latency = latencies.between(left, right);
    var result =
        Purification.purify(
            kept.state(),
            sacrificed.state(),
            purify.protocol(),
            view.node(left).operations(),
            view.node(right).operations());
    return new Stage(
        stages.size(),
        new Origin.Purified(kept, sacrificed, purify.protocol(), leftInitiates, latency),
        left,
        right,
        Math.max(leftReady, rightReady) + latency,
        leftInitiates ? latency : 0,
        leftInitiates ? 0 : latency,
        result.successProbability(),
        result.state());
  }
}
