package net.bellwether.scheduler.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.bellwether.scheduler.judge.BruteForce.Ruling;
import net.bellwether.scheduler.judge.Instance.Objective;
import net.bellwether.scheduler.judge.Instance.StateModel;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;
import org.junit.jupiter.api.Test;

/// Rulings whose figures fit on the back of an envelope.
class BruteForceByHandTest {
  /// Two pairs at F = 0.8: P = 0.64 + 2 (0.8 / 15) + 5 / 225 = 0.768889, F' = 0.644444 / P.
  private static final double PASS_08 = 0.64 + 1.6 / 15 + 5.0 / 225;

  private static final double FIDELITY_08 = (0.64 + 1.0 / 225) / PASS_08;

  @Test
  void pairsOfOneLinkAreBoughtUntilTheyAreFineEnough() {
    TextInstance asked = TextInstance.of(Objective.CHEAPEST, 0.8);
    assertThat(certainValue(asked.on("a b 1 0.8"))).isEqualTo(1);
    asked = TextInstance.of(Objective.CHEAPEST, 0.83);
    assertThat(certainValue(asked.on("a b 1 0.8"))).isCloseTo(2 / PASS_08, within(1e-12));
    assertThat(FIDELITY_08).isBetween(0.83, 0.84);
  }

  /// A second round on two such pairs: 2 (2 / P) / P2.
  @Test
  void nestedRoundsBuyFourPairsWherePumpingTakesThree() {
    double rest = (1 - FIDELITY_08) / 3;
    double secondPass = FIDELITY_08 * FIDELITY_08 + 2 * FIDELITY_08 * rest + 5 * rest * rest;
    double pumpPass = FIDELITY_08 * 0.8 + FIDELITY_08 / 15 + 0.8 * rest + rest / 3;
    TextInstance asked = TextInstance.of(Objective.CHEAPEST, 0.845);
    assertThat(certainValue(asked.nested().on("a b 1 0.8")))
        .isCloseTo(4 / PASS_08 / secondPass, within(1e-12));
    assertThat(certainValue(asked.on("a b 1 0.8")))
        .isCloseTo((2 / PASS_08 + 1) / pumpPass, within(1e-12));
  }

  @Test
  void swapPaysForItsFailuresAndWaitsForItsSlowerPart() {
    var half = new Operations(1, 0, 0.5);
    TextInstance cheapest = TextInstance.of(Objective.CHEAPEST, 0.8).at(half);
    assertThat(certainValue(cheapest.on("a r 10 0.95", "r b 4 0.9"))).isEqualTo(4);
    TextInstance fastest = TextInstance.of(Objective.PAIR_RATE, 0.8).at(half);
    assertThat(certainValue(fastest.on("a r 10 0.95", "r b 4 0.9"))).isCloseTo(2, within(1e-12));
  }

  /// w = 0.99 (4 · 0.995² - 1) / 3 · (14/15)² and F = (1 + 3 w) / 4.
  @Test
  void noiseOfTheSwappingNodeIsPaidOnce() {
    var noisy = new Operations(0.99, 0.005, 1);
    TextInstance asked = TextInstance.of(Objective.FIDELITY, 0.5).at(noisy).atLeast(0.9);
    double w = 0.99 * (4 * 0.995 * 0.995 - 1) / 3 * (14.0 / 15) * (14.0 / 15);
    assertThat(certainValue(asked.on("a r 1 0.95", "r b 1 0.95")))
        .isCloseTo((1 + 3 * w) / 4, within(1e-12));
  }

  @Test
  void keyRatePrefersTheFinerLinkWhereTheFasterYieldsNone() {
    TextInstance asked = TextInstance.of(Objective.SECRET_KEY_RATE, 0.51);
    Ruling ruling = BruteForce.rule(asked.on("a b 1000 0.6", "a b 10 0.95"));
    // Werner: QBER 1/30 in both bases, BBM92 fraction 0.5783153993629355.
    assertThat(ruling.verdict())
        .isInstanceOfSatisfying(
            Verdict.Best.class,
            best ->
                assertThat(best.value()).isCloseTo(10 * 0.7695 * 0.5783153993629355, within(1e-9)));
  }

  @Test
  void whatMustBeVisitedIsVisitedByEveryBranch() {
    String[] links = {"a b 1 0.9", "a r 1 0.95", "r b 1 0.95", "a b 1 0.9"};
    TextInstance asked = TextInstance.of(Objective.CHEAPEST, 0.88);
    assertThat(certainValue(asked.on(links))).isEqualTo(1);
    Plan direct = new Plan.Generate(LinkId.of("l3"), "only", NodeId.of("a"), NodeId.of("b"));
    assertThat(plan(asked.over("l3").on(links))).isEqualTo(direct);
    assertThat(certainValue(asked.through("r").on(links))).isEqualTo(2);
    assertThat(BruteForce.rule(asked.through("r").within(1).on(links)))
        .extracting(Ruling::verdict, Ruling::certain)
        .containsExactly(new Verdict.Nothing(), true);
  }

  @Test
  void floorAboveWhatNoisyPurificationReachesIsCertainlyOutOfReach() {
    var noisy = new Operations(0.95, 0.01, 1);
    Instance asked = TextInstance.of(Objective.CHEAPEST, 0.97).at(noisy).on("a b 1 0.9");
    Ruling ruling = BruteForce.rule(asked);
    assertThat(ruling.verdict()).isEqualTo(new Verdict.Nothing());
    assertThat(ruling.certain()).isTrue();
  }

  @Test
  void floorThatTakesMoreLeavesThanAreEnumeratedIsLeftOpen() {
    Ruling ruling = BruteForce.rule(TextInstance.of(Objective.CHEAPEST, 0.999).on("a b 1 0.8"));
    assertThat(ruling.certain()).isFalse();
  }

  /// dejmps1996 on (0.9, 0.04, 0.01, 0.05) twice: P = 0.8362, F = 0.9687873714422387, where the
  /// twirled state would reach but 0.926.
  @Test
  void untwirledStatesArePurifiedFurther() {
    Instance werner = TextInstance.of(Objective.CHEAPEST, 0.93).on("a b 1 0.9");
    var mode = werner.view().linkModes().getFirst();
    var view =
        werner.view().withLinkMode(mode.withEstimate(1, new BellDiagonal(0.9, 0.04, 0.01, 0.05)));
    assertThat(certainValue(werner.on(view, StateModel.BELL_DIAGONAL)))
        .isCloseTo(2 / 0.8362, within(1e-12));
    assertThat(certainValue(werner.on(view, StateModel.WERNER))).isGreaterThan(3);
  }

  private static double certainValue(Instance instance) {
    Ruling ruling = BruteForce.rule(instance);
    assertThat(ruling.certain()).isTrue();
    return ((Verdict.Best) ruling.verdict()).value();
  }

  private static Plan plan(Instance instance) {
    return ((Verdict.Best) BruteForce.rule(instance).verdict()).plan();
  }
}
