package net.bellwether.scheduler.solver;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Prices;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.request.StateModel;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.Purification;

/// What a plan is worth in the fluid model, from its tree alone: nothing waits, nothing decays. The
/// parts of a swap are made side by side, the inputs of a purification one after the other.
public final class FluidEvaluator {
  private final NetworkView view;
  private final Request request;
  private final IdentityHashMap<Plan, Made> known = new IdentityHashMap<>();

  private final IdentityHashMap<Plan, SequencedMap<LinkId, Double>> consumptions =
      new IdentityHashMap<>();

  private record Made(double cost, BellDiagonal state) {}

  private FluidEvaluator(NetworkView view, Request request) {
    this.view = view;
    this.request = request;
  }

  /// Cost, state and value of `plan` under the objective and the model of states of `request`.
  /// Refuses (IllegalArgumentException) links, modes and nodes that the view lacks, and relays.
  public static FluidPlan evaluate(Plan plan, NetworkView view, Request request) {
    Made made = new FluidEvaluator(view, request).make(plan);
    double value =
        switch (request.objective()) {
          case Objective.Cheapest _ -> made.cost;
          case Objective.PairRate _ -> 1 / made.cost;
          case Objective.Fidelity _ -> made.state.fidelity();
          case Objective.SecretKeyRate rate ->
              new KeyWorth(
                          rate,
                          view.node(plan.left()).operations(),
                          view.node(plan.right()).operations())
                      .bitsPerPair(made.state)
                  / made.cost;
        };
    return new FluidPlan(plan, made.cost, made.state, value);
  }

  /// More about a plan of `request`, if links worked for `timeShare` of the time.
  public static FluidFigures figures(
      FluidPlan plan, NetworkView view, Request request, double timeShare) {
    Request rates = request.with(Objective.SecretKeyRate.BBM92);
    FluidPlan timed = evaluate(plan.plan(), view, rates);
    var evaluator = new FluidEvaluator(view, rates);
    SequencedMap<LinkId, Double> consumed = evaluator.consumed(plan.plan());
    double value =
        switch (request.objective()) {
          case Objective.PairRate _, Objective.SecretKeyRate _ -> plan.value() * timeShare;
          case Objective.Cheapest _, Objective.Fidelity _ -> plan.value();
        };
    return new FluidFigures(
        value,
        timeShare / timed.cost(),
        Optional.of(plan.state()),
        timed.value() * timeShare,
        consumed);
  }

  /// The elementary pairs that one pair of a plan takes; of a sub-plan that occurs again, known.
  private SequencedMap<LinkId, Double> consumed(Plan plan) {
    SequencedMap<LinkId, Double> before = consumptions.get(plan);
    if (before != null) {
      return before;
    }
    SequencedMap<LinkId, Double> consumed = new LinkedHashMap<>();
    switch (plan) {
      case Plan.Generate generate -> consumed.put(generate.link(), 1.0);
      case Plan.Swap swap -> {
        double each = 1 / view.node(swap.at()).operations().swapSuccessProbability();
        add(swap.leftPart(), each, consumed);
        add(swap.rightPart(), each, consumed);
      }
      case Plan.Purify purify -> {
        double each = 1 / success(purify);
        add(purify.kept(), each, consumed);
        add(purify.sacrificed(), each, consumed);
      }
      case Plan.Relay relay -> {
        add(relay.leftPart(), 1, consumed);
        add(relay.rightPart(), 1, consumed);
      }
    }
    consumptions.put(plan, consumed);
    return consumed;
  }

  private void add(Plan part, double pairs, SequencedMap<LinkId, Double> consumed) {
    consumed(part).forEach((link, each) -> consumed.merge(link, pairs * each, Double::sum));
  }

  private double success(Plan.Purify purify) {
    return Purification.purify(
            make(purify.kept()).state,
            make(purify.sacrificed()).state,
            purify.protocol(),
            view.node(purify.left()).operations(),
            view.node(purify.right()).operations())
        .successProbability();
  }

  /// The links on the longest path through a plan.
  public static int hops(Plan plan) {
    return hops(plan, new IdentityHashMap<>());
  }

  private static int hops(Plan plan, IdentityHashMap<Plan, Integer> known) {
    Integer before = known.get(plan);
    if (before != null) {
      return before;
    }
    int hops =
        switch (plan) {
          case Plan.Generate _ -> 1;
          case Plan.Swap swap -> hops(swap.leftPart(), known) + hops(swap.rightPart(), known);
          case Plan.Purify purify ->
              Math.max(hops(purify.kept(), known), hops(purify.sacrificed(), known));
          case Plan.Relay relay -> hops(relay.leftPart(), known) + hops(relay.rightPart(), known);
        };
    known.put(plan, hops);
    return hops;
  }

  private Made make(Plan plan) {
    Made before = known.get(plan);
    if (before != null) {
      return before;
    }
    Made made =
        switch (plan) {
          case Plan.Generate generate -> generated(generate);
          case Plan.Swap swap -> swapped(swap);
          case Plan.Purify purify -> purified(purify);
          case Plan.Relay relay ->
              throw new IllegalArgumentException(
                  "relay at " + relay.at() + " makes key, not pairs");
        };
    known.put(plan, made);
    return made;
  }

  private Made generated(Plan.Generate generate) {
    LinkMode mode = view.linkMode(generate.link(), generate.mode());
    double cost =
        switch (request.objective()) {
          case Objective.Cheapest(Prices prices) ->
              switch (prices.unit()) {
                case PAIR -> prices.of(mode.link());
                case LINK_SECOND -> prices.of(mode.link()) / mode.fluidPairsPerSecond();
              };
          default -> 1 / (mode.fluidPairsPerSecond() * mode.freeShare());
        };
    return new Made(cost, model(mode.state()));
  }

  private Made swapped(Plan.Swap swap) {
    Made left = make(swap.leftPart());
    Made right = make(swap.rightPart());
    Operations at = view.node(swap.at()).operations();
    double both =
        request.objective() instanceof Objective.Cheapest
            ? left.cost + right.cost
            : Math.max(left.cost, right.cost);
    return new Made(both / at.swapSuccessProbability(), model(left.state.swapped(right.state, at)));
  }

  private Made purified(Plan.Purify purify) {
    Made kept = make(purify.kept());
    Made sacrificed = make(purify.sacrificed());
    var result =
        Purification.purify(
            kept.state,
            sacrificed.state,
            purify.protocol(),
            view.node(purify.left()).operations(),
            view.node(purify.right()).operations());
    return new Made(
        (kept.cost + sacrificed.cost) / result.successProbability(), model(result.state()));
  }

  private BellDiagonal model(BellDiagonal state) {
    return request.states() == StateModel.WERNER ? state.twirled() : state;
  }
}
