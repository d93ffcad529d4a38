package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.evaluate.KeyBlocks;
import net.bellwether.scheduler.evaluate.KeyYield;
import net.bellwether.scheduler.request.Objective.KeyProtocol;
import net.bellwether.scheduler.request.Objective.SecretKeyRate;
import net.bellwether.topology.Operations;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.SecretKey;
import net.bellwether.topology.rules.BasisPolicy.RandomBases;

/// Secret bits that a delivered pair is worth between two ends, readout errors and sifting
/// included.
record KeyWorth(SecretKeyRate objective, Operations left, Operations right) {
  /// Six-state keys are measured as BBM92 keys are in the limit of long blocks.
  private static final RandomBases LONG_BLOCK_BASES = new RandomBases(0.9, 20);

  double bitsPerPair(BellDiagonal state) {
    if (objective.protocol() == KeyProtocol.SIX_STATE) {
      return KeyYield.keyBasisShare(LONG_BLOCK_BASES) * SecretKey.sixStateFraction(read(state));
    }
    KeyYield key = KeyYield.of(state, left, right);
    if (objective.blockPairs().isEmpty()) {
      return key.asymptoticBitsPerPair();
    }
    double pairs = objective.blockPairs().getAsLong();
    return KeyBlocks.best(key, pairs).secretBits() / pairs;
  }

  /// The most that a state of this fidelity is worth: of Werner states, or of all, of which those
  /// with a single kind of error are best.
  double most(double fidelity, boolean bell) {
    if (!bell) {
      return bitsPerPair(BellDiagonal.werner(fidelity));
    }
    double error = 1 - fidelity;
    return Math.max(
        bitsPerPair(new BellDiagonal(fidelity, error, 0, 0)),
        Math.max(
            bitsPerPair(new BellDiagonal(fidelity, 0, error, 0)),
            bitsPerPair(new BellDiagonal(fidelity, 0, 0, error))));
  }

  /// The state that two ends with readout errors seem to share.
  private BellDiagonal read(BellDiagonal state) {
    double kept =
        (1 - 2 * left.readoutErrorProbability()) * (1 - 2 * right.readoutErrorProbability());
    return BellDiagonal.ofCorrelations(
        state.correlationXX() * kept, state.correlationYY() * kept, state.correlationZZ() * kept);
  }
}
