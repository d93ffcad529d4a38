package net.bellwether.topology.rules;

import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.time.NetworkTime;

/// How an end chooses its measurement basis without speaking to the other end.
public sealed interface BasisPolicy {
  /// BBM92: Z with `keyBasisProbability`, else X, drawn by each end for itself; every
  /// `tomographyEvery`-th round is measured in Y by both ends, for the fidelity estimate only.
  record RandomBases(double keyBasisProbability, int tomographyEvery) implements BasisPolicy {
    public RandomBases {
      if (!(keyBasisProbability > 0 && keyBasisProbability < 1) || tomographyEvery < 2) {
        throw new IllegalArgumentException(
            "keyBasisProbability (%s) must be in (0, 1) and tomographyEvery (%d) at least 2"
                .formatted(keyBasisProbability, tomographyEvery));
      }
    }

    /// Whether the round is one that both ends measure in Y; network time makes both agree.
    public boolean isTomography(NetworkTime roundStart, Rounds rounds) {
      long roundNumber = roundStart.frame() * rounds.count() + rounds.indexAt(roundStart);
      return roundNumber % tomographyEvery == 0;
    }
  }

  /// Link test pairs: both ends take the basis from the pair's sequence number, Z, X, Y in turn.
  record BySequence() implements BasisPolicy {
    public Basis basis(long sequence) {
      return switch ((int) Math.floorMod(sequence, 3L)) {
        case 0 -> Basis.Z;
        case 1 -> Basis.X;
        default -> Basis.Y;
      };
    }
  }
}
