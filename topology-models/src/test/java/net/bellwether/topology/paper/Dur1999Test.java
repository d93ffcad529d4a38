package net.bellwether.topology.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.bellwether.topology.Operations;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.Purification;
import org.junit.jupiter.api.Test;

/// Purification by imperfect means \[dur1999\], twirled after each round: it works between a lower
/// threshold and a highest reachable fidelity. The fixed points were found apart from this code, by
/// bisection of the sum over all pairs of Pauli errors.
class Dur1999Test {
  private static final int ROUNDS = 4_000;

  /// The paper's closed form, with p² for both gates and η = 1 - ε for each readout.
  @Test
  void mapIsThePapersClosedForm() {
    for (double gate : new double[] {1, 0.99, 0.96}) {
      for (double error : new double[] {0, 0.005, 0.03}) {
        var node = new Operations(gate, error, 1);
        for (double f = 0.3; f <= 1; f += 0.05) {
          double other = (1 - f) / 3;
          double right = (1 - error) * (1 - error) + error * error;
          double wrong = 2 * error * (1 - error);
          double lost = (1 - gate * gate) / (8 * gate * gate);
          double kept =
              (f * f + other * other) * right + (f * other + other * other) * wrong + lost;
          double all =
              (f * f + 2 * f * other + 5 * other * other) * right
                  + 4 * (f * other + other * other) * wrong
                  + 4 * lost;
          assertThat(purified(f, node)).isCloseTo(kept / all, within(1e-12));
        }
      }
    }
  }

  @Test
  void perfectMeansPurifyEveryEntangledPairToOne() {
    assertThat(afterManyRounds(0.5 + 1e-3, Operations.IDEAL)).isCloseTo(1, within(1e-9));
    assertThat(purified(0.5, Operations.IDEAL)).isCloseTo(0.5, within(1e-15));
    assertThat(afterManyRounds(0.5 - 1e-3, Operations.IDEAL)).isLessThan(0.3);
  }

  @Test
  void noiseRaisesTheThresholdAndLowersWhatIsReached() {
    assertFixedPoints(0.99, 0.01, 0.5468598342070956, 0.9737565756221427);
    assertFixedPoints(0.995, 0.005, 0.5222558750950836, 0.9878961502084562);
    assertFixedPoints(0.97, 0.03, 0.6984845280723984, 0.867382380030814);
    assertFixedPoints(0.96, 0.02, 0.7513587761437837, 0.7911759460784362);
  }

  /// With faultless readouts both points meet where both gates keep their qubits in 9 of 10 cases.
  @Test
  void tooMuchNoiseLeavesNothingToPurify() {
    var tooNoisy = new Operations(Math.sqrt(0.9) - 1e-3, 0, 1);
    for (double f = 0.5; f <= 1; f += 0.001) {
      assertThat(purified(f, tooNoisy)).isLessThan(f);
    }
    var justGoodEnough = new Operations(Math.sqrt(0.9) + 1e-3, 0, 1);
    assertThat(purified(0.75, justGoodEnough)).isGreaterThan(0.75);
  }

  private static void assertFixedPoints(
      double gate, double error, double threshold, double reachable) {
    var node = new Operations(gate, error, 1);
    assertThat(purified(threshold, node)).isCloseTo(threshold, within(1e-12));
    assertThat(afterManyRounds(threshold - 1e-4, node)).isLessThan(0.3);
    assertThat(afterManyRounds(threshold + 1e-4, node)).isCloseTo(reachable, within(1e-9));
    assertThat(afterManyRounds(1, node)).isCloseTo(reachable, within(1e-9));
  }

  private static double afterManyRounds(double fidelity, Operations node) {
    double f = fidelity;
    for (int round = 0; round < ROUNDS; round++) {
      f = purified(f, node);
    }
    return f;
  }

  private static double purified(double fidelity, Operations node) {
    BellDiagonal pair = BellDiagonal.werner(fidelity);
    return Purification.purify(pair, pair, PurificationProtocol.BBPSSW, node, node)
        .state()
        .fidelity();
  }
}
