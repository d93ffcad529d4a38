package net.bellwether.scheduler.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.Purification;
import org.junit.jupiter.api.Test;

/// Statements of \[brand2020\] on waiting times and states of nested repeater chains, and figures
/// computed apart from this code. Times in attempts.
class Brand2020Test {
  /// The wait for one link is geometric.
  @Test
  void aLinkTakesAGeometricTime() {
    WaitingTime link = Chain.of(0.1).waiting();
    assertThat(link.meanSeconds()).isCloseTo(10, within(1e-9));
    assertThat(link.probabilityWithin(5)).isCloseTo(1 - Math.pow(0.9, 5), within(1e-12));
    assertThat(link.findQuantileSeconds(0.5)).hasValue(7);
  }

  /// Two links are ready after the later one, (3 − 2p) / (p (2 − p)).
  @Test
  void twoLinksTakeTheKnownMean() {
    for (double p : new double[] {0.01, 0.1, 0.5, 1}) {
      assertThat(Chain.equal(2, p).waiting().meanSeconds())
          .isCloseTo((3 - 2 * p) / (p * (2 - p)), within(1e-8));
    }
  }

  /// The maximum of n geometric times, by inclusion and exclusion.
  @Test
  void manyLinksTakeTheMeanOfInclusionAndExclusion() {
    assertThat(Chain.of(0.1, 0.1).waiting().meanSeconds())
        .isCloseTo(14.736842105263161, within(1e-9));
    assertThat(Chain.of(0.05, 0.1, 0.2).waiting().meanSeconds())
        .isCloseTo(23.52990999979213, within(1e-9));
    assertThat(Chain.equal(4, 0.01).waiting().meanSeconds())
        .isCloseTo(207.78992181962846, within(1e-7));
    assertThat(Chain.equal(8, 0.01).waiting().meanSeconds())
        .isCloseTo(270.9245094366969, within(1e-7));
  }

  /// Failing swaps start both halves anew.
  @Test
  void nestedSwapsTakeTheKnownMeans() {
    assertThat(nested(0.1, 0.5, 1)).isCloseTo(29.473684210525892, within(1e-8));
    assertThat(nested(0.1, 0.5, 2)).isCloseTo(84.81758040986405, within(1e-8));
    assertThat(nested(0.2, 0.8, 3)).isCloseTo(26.62647859599649, within(1e-8));
  }

  /// (3 / 2)^k / (p q^k) is the common approximation, and here always too long.
  @Test
  void ruleOfThreeHalvesOverestimates() {
    assertThat(nested(0.1, 0.5, 1)).isLessThan(30);
    assertThat(nested(0.1, 0.5, 2)).isLessThan(90);
    assertThat(nested(0.2, 0.8, 3)).isLessThan(32.959);
  }

  /// The link that is first decays by e^(−wait / T) until the other is there: in its memory of the
  /// middle node alone, p / (2 − p) · (1 + a r) / (1 − a r) with r = 1 − p is left.
  @Test
  void theFirstOfTwoLinksDecaysByTheClosedForm() {
    for (double[] c : new double[][] {{0.1, 0.99}, {0.02, 0.999}, {0.5, 0.9}}) {
      double t2 = -1 / Math.log(c[1]);
      double ar = c[1] * (1 - c[0]);
      WaitingTime waiting = Chain.equal(2, c[0]).innerMemory(new Qubits(64, 1e18, t2)).waiting();
      assertThat(waiting.state().correlationXX())
          .isCloseTo(c[0] / (2 - c[0]) * (1 + ar) / (1 - ar), within(1e-9));
      assertThat(waiting.state().correlationZZ()).isCloseTo(1, within(1e-9));
    }
  }

  /// Purification succeeds with a probability that the states decide; without decay it is one
  /// number, and the attempts needed are geometric in it.
  @Test
  void purificationTakesItsTries() {
    Operations noisy = new Operations(0.98, 0.01, 1);
    BellDiagonal state = new BellDiagonal(0.85, 0.07, 0.03, 0.05);
    Chain chain = Chain.of(0.2).operations(noisy).states(state);
    for (PurificationProtocol protocol : PurificationProtocol.values()) {
      Plan plan = new Plan.Purify(chain.link(0), chain.link(0), protocol);
      var expected = Purification.purify(state, state, protocol, noisy, noisy);
      WaitingTime waiting = chain.waiting(plan, 2, Cutoffs.NONE, 4_096);
      assertThat(waiting.meanSeconds())
          .isCloseTo(2.6 / (0.2 * 1.8) / expected.successProbability(), within(1e-8));
      assertThat(waiting.state().x()).isCloseTo(expected.state().x(), within(1e-12));
      assertThat(waiting.state().y()).isCloseTo(expected.state().y(), within(1e-12));
      assertThat(waiting.state().z()).isCloseTo(expected.state().z(), within(1e-12));
    }
  }

  private static double nested(double p, double q, int levels) {
    return Chain.equal(1 << levels, p).swapSuccess(q).waiting().meanSeconds();
  }
}
