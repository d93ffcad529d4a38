package net.bellwether.topology.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.bellwether.topology.Operations;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.SecretKey;
import org.junit.jupiter.api.Test;

/// The secret key rate is not isotonic \[tang2025\]: of two ways, the better one may become the
/// worse one when both are extended by the same link. The example is ours, in the fluid model.
class Tang2025Test {
  private static final int TRIALS = 20_000;

  private record Way(double pairsPerSecond, double fidelity) {
    Way then(Way link) {
      BellDiagonal joined =
          BellDiagonal.werner(fidelity)
              .swapped(BellDiagonal.werner(link.fidelity), Operations.IDEAL);
      return new Way(Math.min(pairsPerSecond, link.pairsPerSecond), joined.fidelity());
    }

    double keyBitsPerSecond() {
      BellDiagonal state = BellDiagonal.werner(fidelity);
      return pairsPerSecond * SecretKey.bbm92Fraction(state.qber(Basis.Z), state.qber(Basis.X), 1);
    }
  }

  /// 100 · 0.29328 = 29.3 against 40 · 0.57832 = 23.1 bit/s; behind a link of F = 0.9 the first has
  /// F = 0.8133, below the threshold of 0.835, and the second 0.8567.
  @Test
  void orderOfTwoWaysIsReversedByOneMoreLink() {
    var fast = new Way(100, 0.9);
    var fine = new Way(40, 0.95);
    assertThat(fast.keyBitsPerSecond()).isCloseTo(29.32813299571574, within(1e-9));
    assertThat(fine.keyBitsPerSecond()).isCloseTo(23.13261597451742, within(1e-9));
    var link = new Way(1000, 0.9);
    assertThat(fast.then(link).fidelity()).isCloseTo(0.25 + 0.75 * 169 / 225, within(1e-12));
    assertThat(fine.then(link).fidelity()).isCloseTo(0.25 + 0.75 * 182 / 225, within(1e-12));
    assertThat(fast.then(link).keyBitsPerSecond()).isZero();
    assertThat(fine.then(link).keyBitsPerSecond()).isGreaterThan(3);
  }

  /// What makes a vector of rate and fidelity safe to compare: a way that is no worse in both stays
  /// so.
  @Test
  void wayThatIsBetterInRateAndFidelityStaysBetter() {
    var random = new SplittableRandom(2025);
    int reversals = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Way one = random(random);
      Way other = random(random);
      Way link = random(random);
      double before = one.keyBitsPerSecond() - other.keyBitsPerSecond();
      double after = one.then(link).keyBitsPerSecond() - other.then(link).keyBitsPerSecond();
      reversals += before * after < 0 ? 1 : 0;
      if (one.pairsPerSecond >= other.pairsPerSecond && one.fidelity >= other.fidelity) {
        assertThat(after).isGreaterThanOrEqualTo(-1e-9);
      }
    }
    assertThat(reversals).isGreaterThan(TRIALS / 100);
  }

  private static Way random(SplittableRandom random) {
    return new Way(Math.pow(10, 1 + 2 * random.nextDouble()), 0.88 + 0.12 * random.nextDouble());
  }
}
