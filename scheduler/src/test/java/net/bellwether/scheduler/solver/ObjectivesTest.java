package net.bellwether.scheduler.solver;

import static net.bellwether.scheduler.solver.Sample.id;
import static net.bellwether.scheduler.solver.Sample.link;
import static net.bellwether.scheduler.solver.Sample.mode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.OptionalLong;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Objective.KeyProtocol;
import net.bellwether.scheduler.request.Objective.SecretKeyRate;
import net.bellwether.scheduler.request.Prices;
import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.request.StateModel;
import net.bellwether.scheduler.solver.Solution.Found;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.physics.BellDiagonal;
import org.junit.jupiter.api.Test;

/// Each objective where one can see what it must choose, and how objectives relate.
class ObjectivesTest {
  private static final int SAMPLES = 80;
  private static final Operations NOISY = new Operations(0.99, 0.005, 0.9);

  /// Three ways from a to b: fast and poor, slow and good, and over c.
  private static final NetworkView WAYS =
      Sample.view(
          NOISY,
          mode("ab", "a", "b", "poor", 100, BellDiagonal.werner(0.86)),
          mode("ab", "a", "b", "good", 10, BellDiagonal.werner(0.97)),
          link("a", "c", 50, 0.99),
          link("c", "b", 40, 0.99));

  @Test
  void pairRateTakesTheFastestWayAboveTheFloor() {
    assertThat(solve(WAYS, Request.pairs(id("a"), id("b"), 0.8)).value())
        .isEqualTo(100, within(1e-9));
    // Over c: the slower link, and a swap that succeeds nine times of ten.
    assertThat(solve(WAYS, Request.pairs(id("a"), id("b"), 0.955)).value())
        .isEqualTo(36, within(1e-9));
  }

  @Test
  void cheapestWeighsPairsByTheirPrice() {
    Prices pairs = Prices.of(Prices.Unit.PAIR, 1, Map.of(LinkId.of("ab"), 3.0));
    FluidPlan over = solve(WAYS, Request.cheapest(id("a"), id("b"), pairs, 0.95));
    assertThat(over.cost()).isEqualTo(2 / 0.9, within(1e-9));
    FluidPlan direct = solve(WAYS, Request.cheapest(id("a"), id("b"), Prices.PAIRS, 0.95));
    assertThat(direct.cost()).isEqualTo(1, within(1e-9));
  }

  @Test
  void cheapestWeighsSecondsOfLinksByTheirPrice() {
    Prices seconds = Prices.of(Prices.Unit.LINK_SECOND, 1, Map.of());
    FluidPlan over = solve(WAYS, Request.cheapest(id("a"), id("b"), seconds, 0.95));
    assertThat(over.cost()).isEqualTo((1.0 / 50 + 1.0 / 40) / 0.9, within(1e-9));
  }

  @Test
  void fidelityIsTheHighestAtTheRate() {
    NetworkView link =
        Sample.view(
            Operations.IDEAL,
            mode("ab", "a", "b", "poor", 100, BellDiagonal.werner(0.86)),
            mode("ab", "a", "b", "good", 10, BellDiagonal.werner(0.97)));
    assertThat(finest(link, 80).state().fidelity()).isEqualTo(0.86, within(1e-9));
    FluidPlan good = finest(link, 9.9);
    assertThat(good.state().fidelity()).isEqualTo(0.97, within(1e-9));
    // Two good pairs for one, with success probability 0.9612: 4.8 a second.
    FluidPlan purified = finest(link, 4.8);
    assertThat(purified.plan()).isInstanceOf(Plan.Purify.class);
    assertThat(purified.state().fidelity()).isGreaterThan(0.979);
    assertThat(finest(link, 4.9).plan()).isInstanceOf(Plan.Generate.class);
  }

  /// What is finest at a rate is found at that floor by the search for the rate, and nothing finer.
  @Test
  void finestAtARateAndFastestAtAFloorAreTheSameFront() {
    int compared = 0;
    for (long seed = 0; seed < SAMPLES; seed++) {
      Sample sample = Sample.of(seed);
      Sample rates = sample.with(sample.request().with(new Objective.PairRate()));
      if (rates.solve() instanceof Found fastest && fastest.gap() == 0) {
        double least = fastest.best().value() * (1 - 1e-9);
        Sample finest =
            sample.with(
                sample
                    .request()
                    .with(new Objective.Fidelity(least))
                    .withMinFidelity(Math.nextUp(0.5)));
        Solution solution = finest.solve();
        if (solution instanceof Solution.NotFound none) {
          assertThat(none.proven()).as("seed %d", seed).isFalse();
        }
        if (solution instanceof Found found && found.gap() == 0) {
          double fidelity = found.best().state().fidelity();
          assertThat(fidelity)
              .as("seed %d", seed)
              .isGreaterThanOrEqualTo(fastest.best().state().fidelity() - 1e-9);
          Request finer = rates.request().withMinFidelity(Math.min(1, fidelity + 1e-6));
          if (rates.with(finer).solve() instanceof Found beyond) {
            assertThat(beyond.best().value()).as("seed %d", seed).isLessThanOrEqualTo(least);
          }
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(SAMPLES / 4);
  }

  @Test
  void sixStateKeyIsAtLeastThatOfBbm92OnEveryPlan() {
    int compared = 0;
    for (long seed = 0; seed < SAMPLES; seed++) {
      Sample sample = Sample.of(seed);
      Request bbm92 = sample.request().with(SecretKeyRate.BBM92);
      Request sixState = sample.request().with(sixState());
      if (sample.with(bbm92).solve() instanceof Found found) {
        for (StateModel states : StateModel.values()) {
          Plan plan = found.best().plan();
          double two = FluidEvaluator.evaluate(plan, sample.view(), bbm92.with(states)).value();
          double three =
              FluidEvaluator.evaluate(plan, sample.view(), sixState.with(states)).value();
          assertThat(three).as("seed %d", seed).isGreaterThanOrEqualTo(two * (1 - 1e-12));
          compared++;
        }
        Answers.assertNotBetter(sample.with(sixState), found, sample.with(sixState).solve(), 1);
      }
    }
    assertThat(compared).isGreaterThan(SAMPLES / 4);
  }

  @Test
  void sixStateKeyIsHadWhereBbm92HasNone() {
    NetworkView view = Sample.view(Operations.IDEAL, link("a", "b", 10, 0.82));
    Request request = Request.key(id("a"), id("b")).with(StateModel.WERNER);
    Request single = request.with(PurificationClass.NESTED);
    FluidPlan six = solve(view, single.with(sixState()));
    assertThat(six.value()).isPositive();
    // BBM92 must purify first.
    assertThat(solve(view, single).plan()).isInstanceOf(Plan.Purify.class);
  }

  @Test
  void keyOfFiniteBlocksGrowsWithTheBlockTowardsThatOfEndlessOnes() {
    Request request = Request.key(id("a"), id("b"));
    double endless = solve(WAYS, request).value();
    double before = 0;
    for (long pairs : new long[] {20_000, 100_000, 1_000_000, 100_000_000, 10_000_000_000L}) {
      double value =
          solve(WAYS, request.with(new SecretKeyRate(KeyProtocol.BBM92, OptionalLong.of(pairs))))
              .value();
      assertThat(value).as("blocks of %d", pairs).isGreaterThan(before);
      before = value;
      assertThat(pairs > 100_000 || value < endless).isTrue();
    }
    // Finite blocks choose their bases; endless ones are measured in the key basis at 0.9.
    assertThat(before).isLessThan(endless * StrictMath.pow(0.95 / 0.9, 2));
  }

  @Test
  void blocksTooSmallForAnyBitHaveNoKey() {
    Request request =
        Request.key(id("a"), id("b"))
            .with(new SecretKeyRate(KeyProtocol.BBM92, OptionalLong.of(10)));
    assertThat(Solver.solve(NetworkSnapshot.of(WAYS), request))
        .isInstanceOf(Solution.NotFound.class);
  }

  @Test
  void keyRateMayPreferASlowerPairForItsState() {
    FluidPlan key = solve(WAYS, Request.key(id("a"), id("b")).with(StateModel.WERNER));
    FluidPlan pairs = solve(WAYS, Request.pairs(id("a"), id("b"), 0.8).with(StateModel.WERNER));
    assertThat(key.cost()).isGreaterThan(pairs.cost());
    assertThat(key.state().fidelity()).isGreaterThan(pairs.state().fidelity());
  }

  private static FluidPlan finest(NetworkView view, double pairsPerSecond) {
    return solve(
        view,
        Request.of(id("a"), id("b"), new Objective.Fidelity(pairsPerSecond), Math.nextUp(0.5))
            .with(StateModel.WERNER));
  }

  private static SecretKeyRate sixState() {
    return new SecretKeyRate(KeyProtocol.SIX_STATE, OptionalLong.empty());
  }

  private static FluidPlan solve(NetworkView view, Request request) {
    Solution solution = Solver.solve(NetworkSnapshot.of(view), request);
    assertThat(solution).isInstanceOf(Found.class);
    Found found = (Found) solution;
    assertThat(found.gap()).isZero();
    return found.best();
  }
}
