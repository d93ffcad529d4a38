package net.bellwether.scheduler.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.bellwether.topology.Operations;
import net.bellwether.topology.physics.BellDiagonal;
import org.junit.jupiter.api.Test;

class StatesTest {
  private static final int CASES = 2_000;

  /// The closed forms against the sum over Paulis, for two different nodes.
  @Test
  void wernerFormulasAreThoseOfTwirledBellDiagonalStates() {
    var random = new SplittableRandom(7);
    for (int i = 0; i < CASES; i++) {
      Operations[] nodes = {noisy(random), noisy(random)};
      var werner = new WernerStates(nodes);
      var bell = new BellStates(nodes);
      double f1 = 0.25 + 0.75 * random.nextDouble();
      double f2 = 0.25 + 0.75 * random.nextDouble();
      double w1 = WernerStates.ofFidelity(f1);
      double w2 = WernerStates.ofFidelity(f2);
      double[] states = new double[8];
      bell.put(BellDiagonal.werner(f1), states, 0);
      bell.put(BellDiagonal.werner(f2), states, 4);
      double[] out = new double[4];
      bell.swap(states, 0, states, 4, 0, out);
      assertThat(WernerStates.toFidelity(werner.swap(w1, w2, 0))).isCloseTo(out[0], within(1e-14));
      for (int protocol = 0; protocol < 2; protocol++) {
        double success = bell.purify(states, 0, states, 4, 0, 1, protocol, out);
        assertThat(werner.success(w1, w2, 0, 1)).isCloseTo(success, within(1e-14));
        assertThat(WernerStates.toFidelity(werner.purified(w1, w2, 0, 1)))
            .isCloseTo(out[0], within(1e-14));
      }
    }
  }

  /// What the bounds on larger trees rest on, at the noisiest nodes that instances have and beyond.
  @Test
  void purifiedStateAndSuccessGrowWithEitherPart() {
    int steps = 60;
    for (double gate : new double[] {0.9, 0.95, 0.99, 1}) {
      for (double readout : new double[] {0, 0.005, 0.02, 0.03}) {
        var node = new Operations(gate, readout, 1);
        var states = new WernerStates(new Operations[] {node, node});
        for (int one = 1; one < steps; one++) {
          for (int two = 1; two < steps; two++) {
            double w1 = (double) one / steps;
            double w2 = (double) two / steps;
            double more = 1.0 / steps;
            double purified = states.purified(w1, w2, 0, 1);
            assertThat(states.purified(w1 + more, w2, 0, 1)).isGreaterThanOrEqualTo(purified);
            assertThat(states.purified(w1, w2 + more, 0, 1)).isGreaterThanOrEqualTo(purified);
            double success = states.success(w1, w2, 0, 1);
            assertThat(states.success(w1 + more, w2, 0, 1)).isGreaterThanOrEqualTo(success);
          }
        }
      }
    }
  }

  /// A pair that is not entangled helps no purification, so that trees may do without.
  @Test
  void purifyingWithAPairThatIsNotEntangledGainsNothing() {
    var random = new SplittableRandom(11);
    for (int i = 0; i < CASES; i++) {
      var states = new WernerStates(new Operations[] {noisy(random), noisy(random)});
      double entangled = 1.0 / 3 + 2.0 / 3 * random.nextDouble();
      double separable = -1.0 / 3 + 2.0 / 3 * random.nextDouble();
      assertThat(states.purified(entangled, separable, 0, 1)).isLessThanOrEqualTo(entangled);
      assertThat(states.purified(separable, entangled, 0, 1)).isLessThanOrEqualTo(entangled);
    }
  }

  private static Operations noisy(SplittableRandom random) {
    return new Operations(
        0.9 + 0.1 * random.nextDouble(), 0.03 * random.nextDouble(), random.nextDouble());
  }
}
