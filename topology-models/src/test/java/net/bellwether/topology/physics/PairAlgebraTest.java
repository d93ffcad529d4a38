package net.bellwether.topology.physics;

import static net.bellwether.topology.pair.PurificationProtocol.BBPSSW;
import static net.bellwether.topology.pair.PurificationProtocol.DEJMPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.Map;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PairAlgebraTest {
  private static final Offset<Double> EXACT = within(1e-12);
  private static final BellDiagonal LEFT = new BellDiagonal(0.9, 0.04, 0.01, 0.05);
  private static final BellDiagonal RIGHT = new BellDiagonal(0.85, 0.02, 0.03, 0.1);

  @Test
  void convolutionMultipliesPaulis() {
    for (Pauli left : Pauli.values()) {
      for (Pauli right : Pauli.values()) {
        assertThat(pure(left).convolve(pure(right))).isEqualTo(pure(left.times(right)));
      }
    }
  }

  @Test
  void correlationsAreAnotherNameOfTheState() {
    BellDiagonal again =
        BellDiagonal.ofCorrelations(
            LEFT.correlationXX(), LEFT.correlationYY(), LEFT.correlationZZ());
    assertSame(again, LEFT);
    assertSame(BellDiagonal.ofCorrelations(1, -1, 1), BellDiagonal.PERFECT);
  }

  @Test
  void waitingAtBothEndsUsesTheMemoryOfEach() {
    var durable = new Qubits(1, 1e15, 1e15);
    var weak = new Qubits(1, 10, 1);
    BellDiagonal alone = LEFT.decayed(0.3, weak, 5, durable);
    assertSame(alone, LEFT.decayed(5, durable, 0.3, weak));
    assertThat(alone.correlationXX()).isCloseTo(LEFT.correlationXX() * Math.exp(-0.3), EXACT);
    assertThat(alone.correlationZZ()).isCloseTo(LEFT.correlationZZ() * Math.exp(-0.03), EXACT);
  }

  @Test
  void longWaitLeavesAValidState() {
    var qubits = new Qubits(1, 1, 2);
    for (double seconds = 0; seconds < 40; seconds += 0.25) {
      assertThat(BellDiagonal.PERFECT.decayed(seconds, qubits, seconds, qubits).fidelity())
          .isBetween(0.4, 1.0);
    }
  }

  @Test
  void twirlKeepsFidelityOnly() {
    assertThat(LEFT.twirled()).isEqualTo(BellDiagonal.werner(0.9));
  }

  /// The joint map written as the sum over all sixteen pairs of Pauli errors.
  @Test
  void purificationWithTwoDifferentNodesIsTheSumOverPaulis() {
    var left = new Operations(0.99, 0.01, 1);
    var right = new Operations(0.97, 0.03, 0.5);
    double disagree = 0.01 * 0.97 + 0.03 * 0.99;
    double gates = 0.99 * 0.97;
    for (PurificationProtocol protocol : PurificationProtocol.values()) {
      Map<Pauli, Double> out = new EnumMap<>(Pauli.class);
      for (Pauli kept : Pauli.values()) {
        for (Pauli sacrificed : Pauli.values()) {
          Pauli one = mapped(kept, protocol);
          Pauli two = mapped(sacrificed, protocol);
          double pass = one.x() == two.x() ? 1 - disagree : disagree;
          out.merge(
              Pauli.of(one.x(), one.z() ^ two.z()),
              gates * pass * LEFT.probability(kept) * RIGHT.probability(sacrificed),
              Double::sum);
        }
      }
      out.replaceAll((pauli, probability) -> probability + (1 - gates) / 8);
      double success = out.values().stream().mapToDouble(Double::doubleValue).sum();
      var purified = Purification.purify(LEFT, RIGHT, protocol, left, right);
      assertThat(purified.successProbability()).isCloseTo(success, EXACT);
      out.forEach((pauli, probability) ->
          assertThat(purified.state().probability(pauli)).isCloseTo(probability / success, EXACT));
    }
  }

  @Test
  void impossiblePurificationHasNoSuccess() {
    var purified =
        Purification.purify(
            pure(Pauli.I), pure(Pauli.X), BBPSSW, Operations.IDEAL, Operations.IDEAL);
    assertThat(purified.successProbability()).isZero();
  }

  @Test
  void noisyGatesBoundWhatPurificationReaches() {
    var noisy = new Operations(0.99, 0.005, 1);
    BellDiagonal state = BellDiagonal.werner(0.9);
    for (int round = 0; round < 30; round++) {
      state = Purification.purify(state, state, DEJMPS, noisy, noisy).state();
    }
    assertThat(state.fidelity()).isBetween(0.97, 0.995);
    BellDiagonal almostPerfect = BellDiagonal.werner(0.9999);
    assertThat(
            Purification.purify(almostPerfect, almostPerfect, DEJMPS, noisy, noisy)
                .state()
                .fidelity())
        .isLessThan(0.9999);
  }

  @Test
  void finiteBlockYieldsWholeBitsOrNothing() {
    double leaked = 1.16 * 100_000 * SecretKey.binaryEntropy(0.03);
    assertThat(SecretKey.finiteKeyBits(100_000, 10_000, 0.03, leaked, 1e-10, 1e-15))
        .isEqualTo(36_476);
    assertThat(SecretKey.finiteKeyBits(1_000, 100, 0.03, 300, 1e-10, 1e-15)).isZero();
    assertThat(SecretKey.finiteKeyBits(0, 100, 0, 0, 1e-10, 1e-15)).isZero();
    assertThat(SecretKey.finiteKeyBits(100, 0, 0, 0, 1e-10, 1e-15)).isZero();
  }

  @Test
  void errorRateAboveOneHalfNeverYieldsKey() {
    assertThat(SecretKey.bbm92Fraction(0.01, 0.99, 1)).isZero();
    assertThat(SecretKey.finiteKeyBits(1_000_000, 1_000_000, 0.99, 0, 1e-10, 1e-15)).isZero();
  }

  private static Pauli mapped(Pauli pauli, PurificationProtocol protocol) {
    return switch (protocol) {
      case BBPSSW -> pauli;
      case DEJMPS -> Pauli.of(pauli.x() ^ pauli.z(), pauli.z());
    };
  }

  private static BellDiagonal pure(Pauli pauli) {
    return switch (pauli) {
      case I -> new BellDiagonal(1, 0, 0, 0);
      case X -> new BellDiagonal(0, 1, 0, 0);
      case Y -> new BellDiagonal(0, 0, 1, 0);
      case Z -> new BellDiagonal(0, 0, 0, 1);
    };
  }

  private static void assertSame(BellDiagonal actual, BellDiagonal expected) {
    for (Pauli pauli : Pauli.values()) {
      assertThat(actual.probability(pauli)).isCloseTo(expected.probability(pauli), EXACT);
    }
  }
}
