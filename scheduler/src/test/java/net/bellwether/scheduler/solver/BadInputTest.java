package net.bellwether.scheduler.solver;

import static net.bellwether.scheduler.solver.Sample.id;
import static net.bellwether.scheduler.solver.Sample.link;
import static net.bellwether.scheduler.solver.Sample.mode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Limits;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Objective.KeyProtocol;
import net.bellwether.scheduler.request.Objective.SecretKeyRate;
import net.bellwether.scheduler.request.Prices;
import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.scheduler.request.Reason;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.request.StateModel;
import net.bellwether.scheduler.solver.Solution.Found;
import net.bellwether.scheduler.solver.Solution.NotFound;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.physics.BellDiagonal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no proper question is answered for what it is, or refused by name.
class BadInputTest {
  private static final Operations NOISY = new Operations(0.99, 0.005, 0.9);
  private static final NetworkView CHAIN =
      Sample.view(NOISY, link("a", "b", 10, 0.95), link("b", "c", 10, 0.95));

  // Networks

  @Test
  void networkInTwoPartsHasNoPathAcross() {
    NetworkView view = Sample.view(NOISY, link("a", "b", 10, 0.95), link("c", "d", 10, 0.95));
    assertNone(view, rate("a", "d", 0.8), Reason.NO_PATH);
    assertNone(view, cheapest("a", "d", Prices.PAIRS), Reason.NO_PATH);
  }

  @Test
  void nodeThatCannotSwapIsNoWayThrough() {
    NetworkView view =
        Sample.view(new Operations(1, 0, 0), link("a", "b", 10, 0.99), link("b", "c", 10, 0.99));
    assertNone(view, rate("a", "c", 0.8), Reason.NO_PATH);
    assertThat(found(view, rate("a", "b", 0.8)).best().value()).isEqualTo(10, within(1e-9));
  }

  @Test
  void linksOfRateZeroHaveNoCapacity() {
    NetworkView idle = Sample.view(NOISY, link("a", "b", 0, 0.95), link("b", "c", 10, 0.95));
    assertNone(idle, rate("a", "c", 0.8), Reason.NO_CAPACITY);
    assertNone(idle, cheapest("a", "c", Prices.PAIRS), Reason.NO_CAPACITY);
    NetworkView held = CHAIN.withFreeShare(LinkId.of("ab"), 0);
    assertNone(held, rate("a", "c", 0.8), Reason.NO_CAPACITY);
    assertNone(held, cheapest("a", "c", Prices.PAIRS), Reason.NO_CAPACITY);
  }

  @Test
  void modeOfRateZeroBesideAGoodOneChangesNothing() {
    NetworkView view =
        Sample.view(
            NOISY,
            mode("ab", "a", "b", "dead", 0, BellDiagonal.PERFECT),
            mode("ab", "a", "b", "live", 10, BellDiagonal.werner(0.95)));
    assertThat(found(view, rate("a", "b", 0.9)).best().value()).isEqualTo(10, within(1e-9));
    assertThat(found(view, cheapest("a", "b", Prices.PAIRS)).best().cost()).isEqualTo(1);
    assertNone(view, rate("a", "b", 0.999), Reason.FIDELITY_UNREACHABLE);
  }

  @Test
  void linkToANodeThatTheViewLacksIsNoLink() {
    NetworkView torn = new NetworkView(CHAIN.withoutNode(id("c")).nodes(), CHAIN.linkModes());
    assertNone(torn, rate("a", "c", 0.8), Reason.UNKNOWN_NODE);
    assertThat(found(torn, rate("a", "b", 0.8)).gap()).isZero();
  }

  @Test
  void networkOfNothingKnowsNoNode() {
    assertNone(
        new NetworkView(
            CHAIN.withoutNode(id("a")).withoutNode(id("b")).withoutNode(id("c")).nodes(),
            CHAIN.linkModes()),
        rate("a", "b", 0.8),
        Reason.UNKNOWN_NODE);
  }

  @Test
  void bestOfParallelLinksAndModesIsTakenWhicheverWayTheyPoint() {
    NetworkView view =
        Sample.view(
            NOISY,
            mode("slow", "a", "b", "m", 5, BellDiagonal.werner(0.99)),
            mode("fast", "b", "a", "poor", 80, BellDiagonal.werner(0.85)),
            mode("fast", "b", "a", "good", 40, BellDiagonal.werner(0.95)),
            mode("third", "a", "b", "m", 20, BellDiagonal.werner(0.96)));
    for (String[] ends : new String[][] {{"a", "b"}, {"b", "a"}}) {
      Found at = found(view, rate(ends[0], ends[1], 0.94));
      assertThat(at.best().plan())
          .isEqualTo(new Plan.Generate(LinkId.of("fast"), "good", id(ends[0]), id(ends[1])));
      assertThat(at.gap()).isZero();
      assertThat(found(view, rate(ends[0], ends[1], 0.6)).best().value())
          .isEqualTo(80, within(1e-9));
    }
  }

  // States

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 0.4, 0.5})
  void linksWithoutEntanglementReachNothing(double fidelity) {
    NetworkView view = Sample.view(NOISY, link("a", "b", 10, fidelity));
    for (PurificationClass purifications : PurificationClass.values()) {
      for (StateModel states : StateModel.values()) {
        Request request = rate("a", "b", Math.nextUp(0.5)).with(states).with(purifications);
        assertNone(view, request, Reason.FIDELITY_UNREACHABLE);
        assertNone(view, request.with(SecretKeyRate.BBM92), Reason.NO_SECRET_KEY);
        assertNone(view, request.with(new Objective.Fidelity(1)), Reason.RATE_UNREACHABLE);
      }
    }
  }

  @Test
  void uselessLinksBesideAGoodOneChangeNothing() {
    NetworkView view =
        Sample.view(
            NOISY,
            mode("good", "a", "b", "m", 10, BellDiagonal.werner(0.95)),
            mode("mixed", "a", "b", "m", 1e5, BellDiagonal.MIXED),
            mode("half", "a", "b", "m", 1e5, BellDiagonal.werner(0.5)));
    for (PurificationClass purifications : PurificationClass.values()) {
      Found at = found(view, rate("a", "b", 0.9).with(purifications));
      assertThat(at.best().value()).isEqualTo(10, within(1e-9));
      assertThat(at.gap()).isZero();
    }
  }

  @Test
  void linkJustAboveTheThresholdIsPurifiedOverMostOfTheWay() {
    NetworkView view = Sample.view(Operations.IDEAL, link("a", "b", 1e6, 0.55));
    Request nested = rate("a", "b", 0.9).with(PurificationClass.NESTED);
    Found at = found(view, nested);
    assertThat(at.gap()).isZero();
    double fidelity = 0.55;
    double cost = 1e-6;
    while (fidelity < 0.9) {
      double rest = (1 - fidelity) / 3;
      double success = fidelity * fidelity + 2 * fidelity * rest + 5 * rest * rest;
      fidelity = (fidelity * fidelity + rest * rest) / success;
      cost = 2 * cost / success;
    }
    assertThat(at.best().cost()).isEqualTo(cost, within(1e-9 * cost));
  }

  @Test
  void noisyDevicesDoNotPurifyALinkJustAboveTheThreshold() {
    NetworkView view = Sample.view(new Operations(0.97, 0.01, 1), link("a", "b", 10, 0.51));
    for (PurificationClass purifications : PurificationClass.values()) {
      Request request = rate("a", "b", 0.6).with(purifications);
      assertNone(view, request, Reason.FIDELITY_UNREACHABLE);
    }
  }

  @Test
  void wernerModelTakesAnyStateForItsTwirl() {
    BellDiagonal dephased = new BellDiagonal(0.8, 0, 0, 0.2);
    NetworkView view = Sample.view(NOISY, mode("ab", "a", "b", "m", 10, dephased));
    NetworkView twirled = Sample.view(NOISY, mode("ab", "a", "b", "m", 10, dephased.twirled()));
    Request request = rate("a", "b", 0.9);
    assertThat(found(view, request)).isEqualTo(found(twirled, request));
    Found untwirled = found(view, request.with(StateModel.BELL_DIAGONAL));
    assertThat(untwirled.best().value()).isGreaterThan(found(view, request).best().value());
  }

  @Test
  void pureStateThatIsTheWrongOneIsOfNoUse() {
    BellDiagonal flipped = new BellDiagonal(0, 1, 0, 0);
    NetworkView view = Sample.view(NOISY, mode("ab", "a", "b", "m", 10, flipped));
    for (StateModel states : StateModel.values()) {
      assertNone(view, rate("a", "b", 0.8).with(states), Reason.FIDELITY_UNREACHABLE);
    }
  }

  // Floors

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.4, 0, -1, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
  void floorOutsideItsRangeIsRefusedByName(double floor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rate("a", "b", floor))
        .withMessageContaining("minFidelity (" + floor + ") must be in (0.5, 1]");
  }

  @ParameterizedTest
  @EnumSource(StateModel.class)
  void floorOfOneIsMetByPerfectPairsAlone(StateModel states) {
    NetworkView perfect =
        Sample.view(Operations.IDEAL, link("a", "b", 10, 1), link("b", "c", 20, 1));
    for (PurificationClass purifications : PurificationClass.values()) {
      Request request = rate("a", "c", 1).with(states).with(purifications);
      Found at = found(perfect, request);
      assertThat(at.best().value()).isEqualTo(10, within(1e-9));
      assertThat(at.gap()).isZero();
      NetworkView nearly =
          Sample.view(
              new Operations(0.999999, 0, 1), link("a", "b", 10, 0.999999), link("b", "c", 20, 1));
      assertThat(Solver.solve(NetworkSnapshot.of(nearly), request))
          .isInstanceOfSatisfying(
              NotFound.class,
              none -> assertThat(none.reason()).isEqualTo(Reason.FIDELITY_UNREACHABLE));
    }
  }

  @Test
  void floorJustAboveOneHalfIsMetByWhateverIsEntangled() {
    NetworkView view = Sample.view(Operations.IDEAL, link("a", "b", 10, 0.5000001));
    Found at = found(view, rate("a", "b", Math.nextUp(0.5)));
    assertThat(at.best().value()).isEqualTo(10, within(1e-9));
  }

  // Prices

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NaN, -1, Double.NEGATIVE_INFINITY})
  void priceThatIsNoneIsRefusedByName(double price) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prices.of(Prices.Unit.PAIR, price, Map.of()))
        .withMessageContaining("price (" + price + ") must be at least 0 and finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prices.of(Prices.Unit.PAIR, 1, Map.of(LinkId.of("ab"), price)))
        .withMessageContaining("price of ab (" + price + ") must be at least 0 and finite");
  }

  @ParameterizedTest
  @EnumSource(Prices.Unit.class)
  void planOnFreeLinksCostsNothing(Prices.Unit unit) {
    Prices free = Prices.of(unit, 0, Map.of());
    for (PurificationClass purifications : PurificationClass.values()) {
      for (double floor : new double[] {0.8, 0.9}) {
        Request request = cheapest("a", "c", free).withMinFidelity(floor).with(purifications);
        Found at = found(CHAIN, request);
        assertThat(at.best().cost()).isZero();
        assertThat(at.bound()).isZero();
        assertThat(at.gap()).isZero();
        assertThat(FluidEvaluator.evaluate(at.best().plan(), CHAIN, request).state().fidelity())
            .isGreaterThanOrEqualTo(floor - 1e-9);
      }
    }
  }

  @Test
  void freeWayIsTakenHoweverLongItIs() {
    NetworkView view =
        Sample.view(
            NOISY, link("a", "b", 10, 0.99), link("b", "c", 10, 0.99), link("a", "c", 10, 0.99));
    Prices prices =
        Prices.of(Prices.Unit.PAIR, 1, Map.of(LinkId.of("ab"), 0.0, LinkId.of("bc"), 0.0));
    Found at = found(view, cheapest("a", "c", prices));
    assertThat(at.best().cost()).isZero();
    assertThat(at.gap()).isZero();
    assertThat(Plans.links(at.best().plan())).doesNotContain(LinkId.of("ac"));
  }

  @Test
  void hugePricesAreOnlyPrices() {
    Prices huge = Prices.of(Prices.Unit.PAIR, 1e300, Map.of());
    Found at = found(CHAIN, cheapest("a", "c", huge));
    assertThat(at.best().cost()).isEqualTo(2e300 / 0.9, within(1e291));
    assertThat(at.gap()).isZero();
  }

  // Limits

  @Test
  void nodesThatAreOneAndTheSameAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rate("a", "a", 0.8))
        .withMessageContaining("from and to (a) must be two nodes");
  }

  @Test
  void unknownEndIsNotFound() {
    assertNone(CHAIN, rate("a", "z", 0.8), Reason.UNKNOWN_NODE);
    assertNone(CHAIN, rate("z", "a", 0.8), Reason.UNKNOWN_NODE);
  }

  @Test
  void excludingWhatIsUnknownExcludesNothing() {
    Request request = rate("a", "c", 0.8);
    Limits limits = Limits.NONE.excluding(Set.of(LinkId.of("zz")), Set.of(id("z")));
    assertThat(found(CHAIN, request.with(limits))).isEqualTo(found(CHAIN, request));
  }

  @Test
  void requiringWhatIsUnknownLeavesNoPath() {
    Request request = rate("a", "c", 0.8);
    assertNone(
        CHAIN, request.with(Limits.NONE.requiring(Set.of(), Set.of(id("z")))), Reason.NO_PATH);
    assertNone(
        CHAIN,
        request.with(Limits.NONE.requiring(Set.of(LinkId.of("zz")), Set.of())),
        Reason.NO_PATH);
  }

  @Test
  void requiringWhatIsExcludedLeavesNoPath() {
    Limits link =
        Limits.NONE
            .excluding(Set.of(LinkId.of("ab")), Set.of())
            .requiring(Set.of(LinkId.of("ab")), Set.of());
    Limits node =
        Limits.NONE.excluding(Set.of(), Set.of(id("b"))).requiring(Set.of(), Set.of(id("b")));
    Limits end = Limits.NONE.excluding(Set.of(), Set.of(id("a")));
    for (Limits limits : Set.of(link, node, end)) {
      assertNone(CHAIN, rate("a", "c", 0.8).with(limits), Reason.NO_PATH);
    }
  }

  @Test
  void moreRequirementsThanCanBeWatchedAreRefusedByName() {
    Set<LinkId> links =
        IntStream.range(0, 9).mapToObj(i -> LinkId.of("l" + i)).collect(Collectors.toSet());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Limits.NONE.requiring(links, Set.of()))
        .withMessageContaining("requiredNodes and requiredLinks (9 together) must be at most 8");
  }

  @Test
  void fewerHopsThanOneAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Limits.NONE.withMaxHops(0))
        .withMessageContaining("maxHops (0) must be at least 1");
  }

  @Test
  void relaysOfPairsAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rate("a", "c", 0.8).with(Limits.NONE.withRelays(Set.of(id("b")))))
        .withMessageContaining("relays ([b]) must be empty unless the objective is a secret key");
  }

  // Objectives and budgets

  @Test
  void finiteBlocksOfSixStateKeyAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecretKeyRate(KeyProtocol.SIX_STATE, OptionalLong.of(1000)))
        .withMessageContaining("blockPairs (1000) must be absent for six-state");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecretKeyRate(KeyProtocol.BBM92, OptionalLong.of(0)))
        .withMessageContaining("blockPairs (0) must be at least 1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void rateThatIsNoneIsRefusedByName(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Objective.Fidelity(rate))
        .withMessageContaining("minPairsPerSecond (" + rate + ") must be positive and finite");
  }

  @Test
  void budgetOfNothingIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rate("a", "b", 0.8).withWorkBudget(0))
        .withMessageContaining("workBudget (0) must be at least 1");
  }

  private static Request rate(String from, String to, double floor) {
    return Request.pairs(id(from), id(to), floor).with(StateModel.WERNER);
  }

  private static Request cheapest(String from, String to, Prices prices) {
    return Request.cheapest(id(from), id(to), prices, 0.8).with(StateModel.WERNER);
  }

  private static Found found(NetworkView view, Request request) {
    Solution solution = Solver.solve(NetworkSnapshot.of(view), request);
    assertThat(solution).isInstanceOf(Found.class);
    return (Found) solution;
  }

  private static void assertNone(NetworkView view, Request request, Reason reason) {
    switch (Solver.solve(NetworkSnapshot.of(view), request)) {
      case NotFound none -> {
        assertThat(none.reason()).isEqualTo(reason);
        assertThat(none.proven()).isTrue();
      }
      case Found found -> fail("found a plan of %s", found.best().state());
    }
  }
}
