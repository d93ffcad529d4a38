package net.bellwether.scheduler.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import net.bellwether.scheduler.request.Prices;
import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.request.StateModel;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;
import org.junit.jupiter.api.Test;

/// The solver against a search that leaves nothing out for its length, on networks where poor cheap
/// pairs lie beside good dear ones.
class LeftOutTest {
  private static final int NETWORKS = 150;

  private static final long BUDGET = 200_000;

  private static final double MOST_COST = 60;

  private static final double MOST_SECONDS = 1e-3;

  @Test
  void poorCheapPartnerIsNotTakenForUseless() {
    double goodLoss = 0.02;
    double poorLoss = 0.034;
    NodeId a = NodeId.of("a");
    NodeId b = NodeId.of("b");
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    nodes.put(a, node(a, new Operations(1, 0, 1)));
    nodes.put(b, node(b, new Operations(1, 0, 1)));
    List<LinkMode> modes =
        List.of(
            mode("good", a, b, 0.1, StrictMath.exp(-goodLoss)),
            mode("poor", a, b, 0.1, StrictMath.exp(-poorLoss)));
    double p = Werner.success(1, 0, StrictMath.exp(-goodLoss), StrictMath.exp(-poorLoss));
    double both = Werner.purified(1, 0, StrictMath.exp(-goodLoss), StrictMath.exp(-poorLoss), p);
    NetworkSnapshot snapshot = NetworkSnapshot.of(new NetworkView(nodes, modes));
    Prices prices =
        Prices.of(Prices.Unit.PAIR, 1, Map.of(LinkId.of("good"), 1.0, LinkId.of("poor"), 0.8));
    Request request = any(Request.cheapest(a, b, prices, Werner.fidelity(both) - 1e-9));
    var found = (Solution.Found) Solver.solve(snapshot, request);
    assertThat(exact(snapshot, request, MOST_COST)).isEqualTo(1.8 / p, within(1e-12));
    assertThat(found.bound()).isLessThanOrEqualTo(1.8 / p);
    assertThat(found.bound()).isGreaterThan(0.99 * 1.8 / p);
  }

  @Test
  void noBoundOnPricesIsAboveTheExactOptimum() {
    int compared = 0;
    for (long seed = 0; seed < NETWORKS; seed++) {
      compared += compare(seed, false);
    }
    assertThat(compared).isGreaterThan(NETWORKS / 2);
  }

  @Test
  void noBoundOnTimesIsAboveTheExactOptimum() {
    int compared = 0;
    for (long seed = 0; seed < NETWORKS; seed++) {
      compared += compare(seed, true);
    }
    assertThat(compared).isGreaterThan(NETWORKS / 2);
  }

  /// 1 where a plan was found and the exact search came to an end.
  private static int compare(long seed, boolean timed) {
    SplittableRandom random = new SplittableRandom(seed);
    double spread = 5 * random.nextDouble();
    int count = 2 + random.nextInt(3);
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    NodeId[] ids = new NodeId[count];
    for (int i = 0; i < count; i++) {
      ids[i] = NodeId.of("n" + i);
      Operations operations =
          new Operations(
              0.97 + 0.03 * random.nextDouble(),
              0.01 * random.nextDouble(),
              0.8 + 0.2 * random.nextDouble());
      nodes.put(ids[i], node(ids[i], operations));
    }
    List<LinkMode> modes = new ArrayList<>();
    Map<LinkId, Double> prices = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      for (int j = i + 1; j < count; j++) {
        for (int k = 0; k < (count == 2 ? 3 : 2); k++) {
          double quality = random.nextDouble();
          double luck = Math.clamp(quality + 0.2 * (random.nextDouble() - 0.5), 0, 1);
          double werner = Werner.parameter(0.6 + 0.395 * luck);
          String name = "l" + i + j + k;
          prices.put(LinkId.of(name), StrictMath.exp(spread * quality));
          double rate = 0.1 * StrictMath.exp(-spread * quality);
          modes.add(mode(name, ids[i], ids[j], rate, werner));
        }
      }
    }
    NetworkSnapshot snapshot = NetworkSnapshot.of(new NetworkView(nodes, modes));
    double floor = 0.7 + 0.28 * random.nextDouble();
    NodeId from = ids[0];
    NodeId to = ids[count - 1];
    Request request =
        any(
            timed
                ? Request.pairs(from, to, floor)
                : Request.cheapest(from, to, Prices.of(Prices.Unit.PAIR, 1, prices), floor));
    Solution solution = Solver.solve(snapshot, request.withWorkBudget(BUDGET));
    return switch (solution) {
      case Solution.Found found -> {
        double cost = found.best().cost();
        double exact = exact(snapshot, request, cost * (1 + 1e-12));
        if (Double.isNaN(exact)) {
          yield 0;
        }
        double bound = timed ? 1 / found.bound() : found.bound();
        assertThat(bound).as("seed %s", seed).isLessThanOrEqualTo(exact * (1 + 1e-9));
        assertThat(cost).as("seed %s", seed).isGreaterThanOrEqualTo(exact * (1 - 1e-9));
        yield 1;
      }
      case Solution.NotFound none -> {
        double exact = exact(snapshot, request, timed ? MOST_SECONDS : MOST_COST);
        if (none.proven() && !Double.isNaN(exact)) {
          assertThat(exact).as("seed %s", seed).isInfinite();
        }
        yield 0;
      }
    };
  }

  /// The least cost below `limit` of all plans, infinite where there is none, NaN where the search
  /// takes too long.
  private static double exact(NetworkSnapshot snapshot, Request request, double limit) {
    Usable usable =
        new Usable(
            snapshot,
            snapshot.nodeNumber(request.from()).orElseThrow(),
            snapshot.nodeNumber(request.to()).orElseThrow(),
            request.limits());
    Terms terms = Terms.of(request);
    Relaxation rule = snapshot.relaxations(StateModel.WERNER).getFirst();
    Metric metric =
        terms.addsUp()
            ? new Metric.Priced(rule, usable, terms, StateModel.WERNER, 0)
            : new Metric.Timed(rule, usable, terms, StateModel.WERNER);
    Scratch scratch = Scratch.of(snapshot);
    Distances near = scratch.near();
    Distances far = scratch.far();
    near.start(usable.from);
    near.extend(metric.usable, metric, -1, far, Double.POSITIVE_INFINITY);
    far.start(usable.to);
    far.extend(metric.usable, metric, -1, near, Double.POSITIVE_INFINITY);
    Question question =
        new Question(
            metric,
            near,
            far,
            Requirements.of(snapshot, request.limits()),
            StateModel.WERNER,
            request.purifications());
    Aim aim = new Aims(usable, request).of(metric);
    aim.costLimit = limit;
    aim.lengthLimit = Double.POSITIVE_INFINITY;
    Pass everything = new Pass(aim, false, Pass.Scope.ALL, 0);
    SpanSearch.End end = new SpanSearch(scratch, question, everything, new Work()).run(2 * BUDGET);
    return aim.best >= 0
        ? scratch.labels.cost[aim.best]
        : end == SpanSearch.End.EXHAUSTED ? Double.POSITIVE_INFINITY : Double.NaN;
  }

  private static Request any(Request request) {
    return request.with(StateModel.WERNER).with(PurificationClass.ANY);
  }

  private static Node node(NodeId id, Operations operations) {
    Qubits qubits = new Qubits(100, 10, 1);
    return new Node(id, NodeRole.END_NODE, qubits, qubits, operations);
  }

  private static LinkMode mode(String link, NodeId a, NodeId b, double probability, double werner) {
    return new LinkMode(
        LinkId.of(link),
        a,
        b,
        "only",
        10,
        probability,
        1_000_000,
        0,
        1_000_000,
        BellDiagonal.werner(Werner.fidelity(werner)),
        1);
  }
}
