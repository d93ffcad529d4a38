package net.bellwether.scheduler.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
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
import net.bellwether.topology.physics.BellDiagonal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the solver claims of a plan is what its tree gives, on random networks whose links make
/// pairs in states of every shape.
class ClaimedFiguresTest {
  private static final int SAMPLES = 60;
  private static final int FRONT = 20;
  private static final long BUDGET = 20_000;
  private static final double TOLERANCE = 1e-9;
  private static final List<Objective> OBJECTIVES =
      List.of(
          new Objective.Cheapest(Prices.PAIRS),
          new Objective.PairRate(),
          SecretKeyRate.BBM92,
          new SecretKeyRate(KeyProtocol.SIX_STATE, OptionalLong.empty()),
          new SecretKeyRate(KeyProtocol.BBM92, OptionalLong.of(1_000_000)),
          new Objective.Fidelity(2));

  @ParameterizedTest
  @EnumSource(StateModel.class)
  void bestPlanIsWorthWhatIsClaimed(StateModel states) {
    int checked = 0;
    for (long seed = 0; seed < SAMPLES; seed++) {
      Sample sample = sample(seed, states);
      for (Objective objective : OBJECTIVES) {
        for (PurificationClass purifications : PurificationClass.values()) {
          Request request = sample.request().with(objective).with(purifications);
          if (sample.with(request).solve() instanceof Found found) {
            check(seed, found.best(), sample.view(), request);
            assertThat(found.gap()).isBetween(0.0, 1.0);
            checked++;
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(SAMPLES * OBJECTIVES.size());
  }

  @ParameterizedTest
  @EnumSource(StateModel.class)
  void everyPlanOfTheFrontIsWorthWhatIsClaimed(StateModel states) {
    int checked = 0;
    for (long seed = 0; seed < SAMPLES; seed++) {
      Sample sample = sample(seed, states);
      for (Objective objective : OBJECTIVES) {
        Request request = sample.request().with(objective);
        NetworkSnapshot snapshot = NetworkSnapshot.of(sample.view());
        if (Solver.solve(snapshot, request) instanceof Found found) {
          List<FluidPlan> front = Solver.front(snapshot, request, found.best(), 0.5, FRONT);
          assertThat(front).isNotEmpty().hasSizeLessThanOrEqualTo(FRONT);
          for (FluidPlan plan : front) {
            check(seed, plan, sample.view(), request);
            checked++;
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(4 * SAMPLES);
  }

  @ParameterizedTest
  @EnumSource(StateModel.class)
  void finestPlansAreAsFineAsIsClaimed(StateModel states) {
    for (long seed = 0; seed < SAMPLES; seed++) {
      Sample sample = sample(seed, states);
      NetworkSnapshot snapshot = NetworkSnapshot.of(sample.view());
      Request rates = sample.request().with(new Objective.PairRate());
      double before = 1;
      for (FluidPlan plan : Solver.finest(snapshot, rates, FRONT)) {
        FluidPlan recomputed = FluidEvaluator.evaluate(plan.plan(), sample.view(), rates);
        assertSame(seed, plan.state(), recomputed.state());
        assertThat(plan.state().fidelity()).isLessThanOrEqualTo(before);
        before = plan.state().fidelity();
      }
    }
  }

  private static void check(long seed, FluidPlan claimed, NetworkView view, Request request) {
    String what = "seed %d: %s".formatted(seed, claimed);
    FluidPlan recomputed = FluidEvaluator.evaluate(claimed.plan(), view, request);
    assertThat(claimed.plan().left()).isEqualTo(request.from());
    assertThat(claimed.plan().right()).isEqualTo(request.to());
    assertThat(claimed.cost())
        .as(what)
        .isEqualTo(recomputed.cost(), within(TOLERANCE * recomputed.cost()));
    assertThat(claimed.value())
        .as(what)
        .isEqualTo(recomputed.value(), within(TOLERANCE * Math.abs(recomputed.value())));
    assertSame(seed, claimed.state(), recomputed.state());
    assertThat(recomputed.state().fidelity())
        .as(what)
        .isGreaterThanOrEqualTo(request.minFidelity() - TOLERANCE);
    if (request.objective() instanceof Objective.Fidelity(double least)) {
      assertThat(1 / recomputed.cost()).as(what).isGreaterThanOrEqualTo(least * (1 - TOLERANCE));
    }
    assertThat(FluidEvaluator.hops(claimed.plan())).isLessThanOrEqualTo(request.limits().maxHops());
    if (request.purifications() == PurificationClass.NESTED) {
      assertNested(claimed.plan());
    }
  }

  private static void assertSame(long seed, BellDiagonal claimed, BellDiagonal recomputed) {
    assertThat(new double[] {claimed.i(), claimed.x(), claimed.y(), claimed.z()})
        .as("seed %d", seed)
        .containsExactly(
            new double[] {recomputed.i(), recomputed.x(), recomputed.y(), recomputed.z()},
            within(TOLERANCE));
  }

  private static void assertNested(Plan plan) {
    switch (plan) {
      case Plan.Generate _ -> {}
      case Plan.Swap swap -> {
        assertNested(swap.leftPart());
        assertNested(swap.rightPart());
      }
      case Plan.Purify purify -> {
        assertThat(purify.kept()).isEqualTo(purify.sacrificed());
        assertNested(purify.kept());
      }
      case Plan.Relay relay -> assertThat(relay).as("no relay was allowed").isNull();
    }
  }

  private static Sample sample(long seed, StateModel states) {
    Sample sample = Sample.of(seed);
    var random = new SplittableRandom(seed);
    return sample
        .mapModes(mode ->
            mode.withEstimate(
                mode.attemptSuccessProbability(), state(mode.state().fidelity(), random)))
        .with(sample.request().with(states).withWorkBudget(BUDGET).withMinFidelity(0.8));
  }

  private static BellDiagonal state(double fidelity, SplittableRandom random) {
    double x = random.nextDouble();
    double y = random.nextInt(3) == 0 ? 0 : random.nextDouble();
    double z = random.nextDouble();
    double share = (1 - fidelity) / (x + y + z);
    return new BellDiagonal(fidelity, x * share, y * share, z * share);
  }
}
