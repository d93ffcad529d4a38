package net.bellwether.emulator.nature;

import static net.bellwether.emulator.nature.Laboratory.A;
import static net.bellwether.emulator.nature.Laboratory.AB;
import static net.bellwether.emulator.nature.Laboratory.B;
import static net.bellwether.emulator.nature.Laboratory.BC;
import static net.bellwether.emulator.nature.Laboratory.C;
import static net.bellwether.emulator.nature.Laboratory.STABLE;

import java.util.List;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.Purification;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

final class OperationsTest {
  private static final Operations NOISY = new Operations(0.9, 0.03, 0.6);

  /// Error of both readouts on top of a state's own disagreement.
  private static double read(double qber, double readoutError) {
    double either = 2 * readoutError * (1 - readoutError);
    return qber * (1 - either) + (1 - qber) * either;
  }

  private enum When {
    BEFORE_THE_SWAP,
    AFTER_THE_SWAP,
    ON_BOTH_SIDES_OF_IT
  }

  @Test
  void aSwapSucceedsAndDegradesAsItsNodeDoes() {
    for (When when : When.values()) {
      swapsHaveTheRightStatistics(when);
    }
  }

  private static void swapsHaveTheRightStatistics(When when) {
    Laboratory lab = new Laboratory(21, NOISY, STABLE);
    BellDiagonal elementary = lab.physics(AB).state();
    BellDiagonal expected = elementary.swapped(elementary, NOISY);
    Share successes = new Share();
    ErrorRates errors = new ErrorRates();
    for (int frame = 0; frame < 100; frame++) {
      lab.run(1);
      List<Herald> left = lab.take(AB);
      List<Herald> right = lab.take(BC);
      for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
        PairId l = lab.id(left.get(i));
        PairId r = lab.id(right.get(i));
        NetworkTime stamp = NetworkTime.later(left.get(i).time(), right.get(i).time());
        if (stamp.frame() != left.get(i).time().frame()
            || roundsDiffer(left.get(i), right.get(i))) {
          continue;
        }
        Basis basis = ErrorRates.basisOf(i);
        PairId.Swapped result = lab.newName();
        boolean atA = when != When.AFTER_THE_SWAP && lab.bit(A, l, left.get(i).time(), basis);
        boolean atC = when == When.BEFORE_THE_SWAP && lab.bit(C, r, right.get(i).time(), basis);
        Outcome.Swapped swapped = (Outcome.Swapped) lab.swap(l, r, result, stamp);
        successes.count(swapped.succeeded());
        if (!swapped.succeeded()) {
          continue;
        }
        if (when == When.AFTER_THE_SWAP) {
          atA = lab.bit(A, result, stamp, basis);
        }
        if (when != When.BEFORE_THE_SWAP) {
          // The old name still leads to the same qubit.
          atC = lab.bit(C, r, stamp, basis);
        }
        Pauli frameOf =
            left.get(i).bellIndex().times(right.get(i).bellIndex()).times(swapped.bellIndex());
        errors.count(basis, atA ^ atC ^ frameOf.flips(basis));
      }
    }
    successes.assertIs(NOISY.swapSuccessProbability());
    errors.assertAre(basis -> read(expected.qber(basis), NOISY.readoutErrorProbability()));
  }

  private static boolean roundsDiffer(Herald one, Herald other) {
    return Laboratory.ROUNDS.indexAt(one.time()) != Laboratory.ROUNDS.indexAt(other.time());
  }

  @Test
  void purificationSucceedsAndImprovesAsTheAlgebraSays() {
    for (PurificationProtocol protocol : PurificationProtocol.values()) {
      purificationHasTheRightStatistics(protocol);
    }
  }

  private static void purificationHasTheRightStatistics(PurificationProtocol protocol) {
    Operations noisy = new Operations(0.97, 0.02, 1);
    Laboratory lab = new Laboratory(31, noisy, STABLE);
    BellDiagonal raw = lab.physics(AB).state();
    Purification.Purified expected = Purification.purify(raw, raw, protocol, noisy, noisy);
    Share successes = new Share();
    ErrorRates errors = new ErrorRates();
    for (int frame = 0; frame < 250; frame++) {
      List<Herald> pairs = lab.run(1).take(AB);
      for (int i = 0; i + 1 < pairs.size(); i += 2) {
        Herald kept = pairs.get(i);
        Herald sacrificed = pairs.get(i + 1);
        if (roundsDiffer(kept, sacrificed)) {
          continue;
        }
        NetworkTime stamp = sacrificed.time();
        boolean atA = purify(lab, protocol, kept, sacrificed, true);
        boolean atB = purify(lab, protocol, kept, sacrificed, false);
        Pauli first = mapped(protocol, kept.bellIndex());
        Pauli second = mapped(protocol, sacrificed.bellIndex());
        boolean succeeded = (atA ^ atB) == (first.x() ^ second.x());
        successes.count(succeeded);
        if (succeeded) {
          Basis basis = ErrorRates.basisOf(i / 2);
          Pauli frameOf = Pauli.of(first.x(), first.z() ^ second.z());
          errors.count(basis, lab.disagree(A, B, lab.id(kept), stamp, basis, frameOf));
        }
      }
    }
    successes.assertIs(expected.successProbability());
    errors.assertAre(basis -> read(expected.state().qber(basis), noisy.readoutErrorProbability()));
  }

  private static boolean purify(
      Laboratory lab, PurificationProtocol protocol, Herald kept, Herald sacrificed, boolean atA) {
    Command.Purify command =
        new Command.Purify(0, sacrificed.time(), lab.id(kept), lab.id(sacrificed), protocol);
    return ((Outcome.Purified) lab.tell(atA ? A : B, command)).bit();
  }

  private static Pauli mapped(PurificationProtocol protocol, Pauli frame) {
    return protocol == PurificationProtocol.DEJMPS
        ? Pauli.of(frame.x() ^ frame.z(), frame.z())
        : frame;
  }

  /// Read first at one end or at the other, in purifications or measurements: see `DecayTest` for
  /// the state itself.
  @Test
  void heldPairsDecayWithTheirMemories() {
    Qubits memory = new Qubits(200, 0.02, 0.01);
    Laboratory lab = new Laboratory(41, Operations.IDEAL, memory);
    long heraldLatency = lab.physics(AB).heraldLatencyPicos();
    long waitAtA = 3_000_000_000L;
    long waitAtB = 7_000_000_000L;
    double secondsAtA = (waitAtA + heraldLatency) * 1e-12;
    double secondsAtB = (waitAtB + heraldLatency) * 1e-12;
    BellDiagonal expected = lab.physics(AB).state().decayed(secondsAtA, memory, secondsAtB, memory);
    ErrorRates errors = new ErrorRates();
    for (int frame = 0; frame < 500; frame++) {
      for (Herald herald : lab.run(1).take(AB)) {
        Basis basis = ErrorRates.basisOf(herald.sequence());
        boolean atB = lab.bit(B, lab.id(herald), herald.time().plusPicos(waitAtB), basis);
        boolean atA = lab.bit(A, lab.id(herald), herald.time().plusPicos(waitAtA), basis);
        errors.count(basis, atA ^ atB ^ herald.bellIndex().flips(basis));
      }
    }
    // A station in the middle heralds Ψ states, which joint relaxation takes away from; `decayed`
    // says what it does to Φ states, so it is added twice: (1 - a)(1 - b) of the Z correlation.
    double joint = Math.expm1(-secondsAtA / 0.02) * Math.expm1(-secondsAtB / 0.02);
    errors.assertAre(basis -> expected.qber(basis) + (basis == Basis.Z ? joint : 0));
  }

  @Test
  void differentBasesGiveIndependentOutcomes() {
    Laboratory lab = new Laboratory(51, Operations.IDEAL, STABLE);
    Share errors = new Share();
    for (int frame = 0; frame < 50; frame++) {
      for (Herald herald : lab.run(1).take(AB)) {
        errors.count(
            lab.bit(A, lab.id(herald), herald.time(), Basis.Z)
                ^ lab.bit(B, lab.id(herald), herald.time(), Basis.X));
      }
    }
    errors.assertIs(0.5);
  }
}
