package net.bellwether.topology.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.bellwether.topology.Operations;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.Purification;
import net.bellwether.topology.physics.Purification.Purified;
import org.junit.jupiter.api.Test;

/// Quantum privacy amplification \[dejmps1996\]. The paper orders a state as A (Φ+), B (Ψ-), C
/// (Ψ+), D (Φ-).
class Dejmps1996Test {
  private static final int STATES = 300;

  /// A' = (A² + B²) / N, B' = 2CD / N, C' = (C² + D²) / N, D' = 2AB / N, N = (A + B)² + (C + D)²,
  /// and N is the probability that the pair is kept.
  @Test
  void mapIsThatOfThePaper() {
    var random = new SplittableRandom(1996);
    for (int i = 0; i < STATES; i++) {
      BellDiagonal pair = random(random, 0.1 + 0.9 * random.nextDouble());
      double a = pair.i();
      double b = pair.y();
      double c = pair.x();
      double d = pair.z();
      double n = (a + b) * (a + b) + (c + d) * (c + d);
      Purified made = round(pair);
      assertThat(made.successProbability()).isCloseTo(n, within(1e-12));
      assertThat(made.state().i()).isCloseTo((a * a + b * b) / n, within(1e-12));
      assertThat(made.state().y()).isCloseTo(2 * c * d / n, within(1e-12));
      assertThat(made.state().x()).isCloseTo((c * c + d * d) / n, within(1e-12));
      assertThat(made.state().z()).isCloseTo(2 * a * b / n, within(1e-12));
    }
  }

  /// The fixed point A = 1 attracts every state of A above one half, though A may fall on the way.
  @Test
  void everyStateAboveOneHalfIsPurifiedToOne() {
    var random = new SplittableRandom(77);
    for (int i = 0; i < STATES; i++) {
      BellDiagonal pair = random(random, 0.501 + 0.4 * random.nextDouble());
      for (int round = 0; round < 60; round++) {
        pair = round(pair).state();
      }
      assertThat(pair.fidelity()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void fidelityMayFallBeforeItRises() {
    BellDiagonal pair = new BellDiagonal(0.6, 0, 0, 0.4);
    BellDiagonal once = round(pair).state();
    assertThat(once.fidelity()).isCloseTo(0.36 / 0.52, within(1e-12));
    BellDiagonal other = new BellDiagonal(0.6, 0, 0.4, 0);
    assertThat(round(other).state().fidelity()).isCloseTo(0.52, within(1e-12)).isLessThan(0.6);
  }

  private static Purified round(BellDiagonal pair) {
    return Purification.purify(
        pair, pair, PurificationProtocol.DEJMPS, Operations.IDEAL, Operations.IDEAL);
  }

  private static BellDiagonal random(SplittableRandom random, double fidelity) {
    double x = random.nextDouble();
    double y = random.nextDouble();
    double z = random.nextDouble();
    double share = (1 - fidelity) / (x + y + z);
    return new BellDiagonal(fidelity, x * share, y * share, z * share);
  }
}
