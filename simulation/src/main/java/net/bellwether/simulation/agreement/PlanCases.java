package net.bellwether.simulation.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.Planner;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Prices;
import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.scenario.Scenarios;

/// Plans to compare: what the planner answers on the scenario library, and on random networks at
/// random floors and objectives.
final class PlanCases {
  /// Draws until a network has a plan for what is asked.
  private static final int DRAWS_MAX = 100;

  /// A pair in ten seconds; fewer would need weeks of virtual time to tell anything.
  private static final double LEAST_PAIRS_PER_SECOND = 0.1;

  /// Enough to find good plans on small networks; proofs of the best are not wanted here.
  private static final long WORK_BUDGET = 20_000;

  private final PurificationClass purifications;

  /// Asks the planner for plans of this class.
  PlanCases(PurificationClass purifications) {
    this.purifications = purifications;
  }

  /// Key, and pairs at two floors, between the ends of each scenario's demo.
  List<PlanCase> ofLibrary() {
    List<PlanCase> cases = new ArrayList<>();
    for (String name : Scenarios.names()) {
      Network network = network(name);
      Scenarios.Ends ends = Scenarios.demoEnds(network);
      List<Request> requests =
          List.of(
              Request.key(ends.from(), ends.to()),
              Request.pairs(ends.from(), ends.to(), 0.9),
              Request.pairs(ends.from(), ends.to(), 0.95));
      for (Request request : requests) {
        plan(name, network, request).ifPresent(cases::add);
      }
    }
    return cases;
  }

  private static Network network(String scenario) {
    return switch (TopologyReader.read(scenario, Scenarios.document(scenario))) {
      case TopologyReading.Valid(Network network) -> network;
      case TopologyReading.Invalid(var mistakes) ->
          throw new IllegalStateException("scenario " + scenario + " is broken: " + mistakes);
    };
  }

  /// One random network and plan; the same for the same seed.
  PlanCase random(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int draw = 0; draw < DRAWS_MAX; draw++) {
      Network network = RandomHardware.network("random " + seed, random);
      List<NodeId> ids = List.copyOf(network.nodes().keySet());
      Request request = request(ids.getFirst(), ids.getLast(), random);
      Optional<PlanCase> found = plan(network.name(), network, request);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IllegalStateException("seed " + seed + " gives no network with a plan");
  }

  private static Request request(NodeId from, NodeId to, RandomGenerator random) {
    double floor = 0.55 + 0.42 * random.nextDouble();
    Objective objective =
        switch (random.nextInt(4)) {
          case 0 -> new Objective.PairRate();
          case 1 -> Objective.SecretKeyRate.BBM92;
          case 2 -> new Objective.Cheapest(Prices.PAIRS);
          default -> new Objective.Fidelity(1);
        };
    return Request.of(from, to, objective, floor);
  }

  private Optional<PlanCase> plan(String name, Network network, Request request) {
    PlanOutcome outcome =
        Planner.plan(
            NetworkView.declared(network), request.with(purifications).withWorkBudget(WORK_BUDGET));
    return outcome instanceof PlanOutcome.Planned planned
            && planned.evaluation().pairsPerSecond() >= LEAST_PAIRS_PER_SECOND
        ? Optional.of(
            new PlanCase(name + ", " + words(request), network, planned.plan(), planned.grant()))
        : Optional.empty();
  }

  private static String words(Request request) {
    String objective =
        switch (request.objective()) {
          case Objective.PairRate _ -> "pairs";
          case Objective.SecretKeyRate _ -> "key";
          case Objective.Cheapest _ -> "cheapest";
          case Objective.Fidelity _ -> "fidelity";
        };
    return "%s at %.2f".formatted(objective, request.minFidelity());
  }
}
