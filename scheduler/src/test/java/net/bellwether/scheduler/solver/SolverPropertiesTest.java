package net.bellwether.scheduler.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Prices;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;
import org.junit.jupiter.api.Test;

/// How answers to related questions relate, on random networks from printed seeds.
class SolverPropertiesTest {
  private static final int SAMPLES = 150;

  @Test
  void higherFloorIsNeverWorthMore() {
    neverBetter(sample -> {
      double floor = sample.request().minFidelity();
      return sample.with(sample.request().withMinFidelity(floor + 0.3 * (1 - floor)));
    });
  }

  @Test
  void linkLessIsNeverWorthMore() {
    neverBetter(sample -> sample.with(sample.view().withoutLink(anyLink(sample))));
  }

  @Test
  void nodeLessIsNeverWorthMore() {
    neverBetter(sample -> {
      NodeId node =
          sample.view().nodes().keySet().stream()
              .filter(each -> !each.equals(sample.request().from()))
              .filter(each -> !each.equals(sample.request().to()))
              .findFirst()
              .orElseThrow();
      return sample.with(sample.view().withoutNode(node));
    });
  }

  @Test
  void fewerHopsAreNeverWorthMore() {
    neverBetter(
        sample -> sample.with(sample.request().with(sample.request().limits().withMaxHops(3))));
  }

  @Test
  void ratesTimesThreeAreWorthThreeTimesAsMuch() {
    alike(
        sample -> {
          Sample faster = sample.mapModes(mode -> timesThree(mode));
          return sample.request().objective() instanceof Objective.Fidelity(double least)
              ? faster.with(sample.request().with(new Objective.Fidelity(3 * least)))
              : faster;
        },
        sample ->
            switch (sample.request().objective()) {
              case Objective.PairRate _, Objective.SecretKeyRate _ -> 3.0;
              case Objective.Cheapest(Prices prices) ->
                  prices.unit() == Prices.Unit.LINK_SECOND ? 1.0 / 3 : 1.0;
              case Objective.Fidelity _ -> 1.0;
            });
  }

  @Test
  void pricesTimesSevenCostSevenTimesAsMuch() {
    alike(
        sample ->
            sample.request().objective() instanceof Objective.Cheapest(Prices prices)
                ? sample.with(sample.request().with(new Objective.Cheapest(timesSeven(prices))))
                : sample,
        sample -> sample.request().objective() instanceof Objective.Cheapest ? 7.0 : 1.0);
  }

  @Test
  void otherNamesAndAnotherOrderChangeNoValue() {
    alike(SolverPropertiesTest::renamed, _ -> 1.0);
  }

  @Test
  void fromAndToMayBeExchanged() {
    alike(
        sample -> {
          Request request = sample.request();
          return sample.with(
              new Request(
                  request.to(),
                  request.from(),
                  request.objective(),
                  request.minFidelity(),
                  request.limits(),
                  request.states(),
                  request.purifications(),
                  request.workBudget()));
        },
        _ -> 1.0);
  }

  @Test
  void changedSnapshotAnswersAsOneBuiltAnew() {
    for (boolean better : List.of(true, false)) {
      alikeOnSnapshots(
          (sample, snapshot) -> snapshot.with(changed(sample, better)),
          sample -> sample.view().withLinkMode(changed(sample, better)));
    }
  }

  @Test
  void snapshotWithoutALinkAnswersAsAViewWithoutIt() {
    alikeOnSnapshots(
        (sample, snapshot) -> snapshot.without(anyLink(sample)),
        sample -> sample.view().withoutLink(anyLink(sample)));
  }

  @Test
  void changeLeavesTheSnapshotItCameFromAlone() {
    for (long seed = 0; seed < 30; seed++) {
      Sample sample = Sample.of(seed);
      NetworkSnapshot snapshot = NetworkSnapshot.of(sample.view());
      Solution before = Solver.solve(snapshot, sample.request());
      snapshot.with(changed(sample, true));
      snapshot.without(anyLink(sample));
      assertThat(Solver.solve(snapshot, sample.request())).isEqualTo(before);
    }
  }

  private static void neverBetter(UnaryOperator<Sample> worsened) {
    int proven = 0;
    for (long seed = 0; seed < SAMPLES; seed++) {
      Sample sample = Sample.of(seed);
      Solution solution = sample.solve();
      Solution other = worsened.apply(sample).solve();
      Answers.assertNotBetter(sample, other, solution, 1);
      proven += Answers.areProven(solution, other) ? 1 : 0;
    }
    assertThat(proven).isGreaterThan(SAMPLES / 4);
  }

  private static void alike(UnaryOperator<Sample> change, ToDoubleFunction<Sample> factor) {
    int proven = 0;
    for (long seed = 0; seed < SAMPLES; seed++) {
      Sample sample = Sample.of(seed);
      Solution solution = sample.solve();
      Solution other = change.apply(sample).solve();
      Answers.assertAlike(sample, solution, other, factor.applyAsDouble(sample));
      proven += Answers.areProven(solution, other) ? 1 : 0;
    }
    assertThat(proven).isGreaterThan(SAMPLES / 4);
  }

  private static void alikeOnSnapshots(
      BiFunction<Sample, NetworkSnapshot, NetworkSnapshot> change,
      Function<Sample, NetworkView> changedView) {
    int proven = 0;
    for (long seed = 0; seed < SAMPLES; seed++) {
      Sample sample = Sample.of(seed);
      NetworkSnapshot snapshot = change.apply(sample, NetworkSnapshot.of(sample.view()));
      Solution changed = Solver.solve(snapshot, sample.request());
      Solution anew = sample.with(changedView.apply(sample)).solve();
      Answers.assertAlike(sample, anew, changed, 1);
      proven += Answers.areProven(anew, changed) ? 1 : 0;
    }
    assertThat(proven).isGreaterThan(SAMPLES / 4);
  }

  /// A mode that the best plan uses, where there is one.
  private static LinkMode used(Sample sample) {
    if (sample.solve() instanceof Solution.Found found) {
      Plan.Generate leaf = Plans.leaves(found.best().plan()).getFirst();
      return sample.view().linkMode(leaf.link(), leaf.mode());
    }
    return sample.view().linkModes().getFirst();
  }

  private static LinkId anyLink(Sample sample) {
    return used(sample).link();
  }

  private static LinkMode changed(Sample sample, boolean better) {
    LinkMode mode = used(sample);
    return better
        ? mode.withEstimate(2 * mode.attemptSuccessProbability(), BellDiagonal.werner(0.999))
        : mode.withEstimate(mode.attemptSuccessProbability() / 3, BellDiagonal.werner(0.85));
  }

  private static LinkMode timesThree(LinkMode mode) {
    return mode.withEstimate(3 * mode.attemptSuccessProbability(), mode.state());
  }

  private static Prices timesSeven(Prices prices) {
    Map<LinkId, Double> dearer = new LinkedHashMap<>();
    prices.perLink().forEach((link, price) -> dearer.put(link, 7 * price));
    return Prices.of(prices.unit(), 7 * prices.standard(), dearer);
  }

  /// The same network under other names, its nodes and modes in another order, its links turned.
  private static Sample renamed(Sample sample) {
    List<NodeId> ids = new ArrayList<>(sample.view().nodes().keySet());
    List<NodeId> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, new Random(sample.seed()));
    Map<NodeId, NodeId> names = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      names.put(ids.get(i), NodeId.of("r" + shuffled.get(i).value()));
    }
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (NodeId id : shuffled) {
      NodeId name = names.getOrDefault(id, id);
      Node node = sample.view().node(id);
      nodes.put(
          name,
          new Node(
              name,
              node.role(),
              node.communicationQubits(),
              node.memoryQubits(),
              node.operations()));
    }
    var random = new SplittableRandom(sample.seed());
    List<LinkMode> modes = new ArrayList<>();
    Map<LinkId, Boolean> turned = new LinkedHashMap<>();
    for (LinkMode mode : sample.view().linkModes()) {
      NodeId a = names.getOrDefault(mode.a(), mode.a());
      NodeId b = names.getOrDefault(mode.b(), mode.b());
      boolean turn = turned.computeIfAbsent(mode.link(), _ -> random.nextBoolean());
      modes.add(
          new LinkMode(
              mode.link(),
              turn ? b : a,
              turn ? a : b,
              mode.mode(),
              mode.multiplexing(),
              mode.attemptSuccessProbability(),
              mode.attemptPeriodPicos(),
              mode.heraldLatencyPicos(),
              mode.classicalLatencyPicos(),
              mode.state(),
              mode.freeShare()));
    }
    Collections.shuffle(modes, new Random(sample.seed()));
    Request request = sample.request();
    Request asked =
        new Request(
            names.getOrDefault(request.from(), request.from()),
            names.getOrDefault(request.to(), request.to()),
            request.objective(),
            request.minFidelity(),
            request.limits(),
            request.states(),
            request.purifications(),
            request.workBudget());
    return new Sample(sample.seed(), new NetworkView(nodes, modes), asked);
  }
}
