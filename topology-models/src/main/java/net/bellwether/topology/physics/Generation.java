package net.bellwether.topology.physics;

/// One attempt at a heralded pair: its success probability, and the state in the frame of the
/// heralded Bell state. Threshold detectors; `etaA` and `etaB` are total efficiencies of the sides,
/// `dark` the dark-count probability per detector and window.
record Generation(double successProbability, BellDiagonal state) {
  /// Single click with bright-state population `bright` on both sides [cabrillo1999, hermans2023].
  /// Exact in `bright`, losses, dark counts and two-photon interference `visibility`.
  static Generation singleClick(
      double bright, double etaA, double etaB, double dark, double visibility) {
    double none = (1 - bright + bright * (1 - etaA)) * (1 - bright + bright * (1 - etaB));
    double oneDark = 2 * dark * (1 - dark);
    double quiet = 1 - dark;
    double etaSum = etaA + etaB;
    double overlap =
        etaSum > 0 ? (etaSum + 2 * StrictMath.sqrt(visibility * etaA * etaB)) / (2 * etaSum) : 0.5;
    double coherent = bright * (1 - bright) * etaSum * quiet;
    double lost = bright * bright * (etaA * (1 - etaB) + etaB * (1 - etaA)) * quiet;
    double both = bright * bright * etaA * etaB * quiet * (1 + visibility) / 2;
    double darkOdd = bright * (1 - bright) * (2 - etaSum) * oneDark;
    return heralded(
        coherent + lost + both + none * oneDark,
        coherent * overlap + darkOdd / 2,
        coherent * (1 - overlap) + darkOdd / 2);
  }

  /// Double click \[barrett2005\].
  static Generation doubleClick(double etaA, double etaB, double dark, double visibility) {
    double oneDark = 2 * dark * (1 - dark);
    double quiet = 1 - dark;
    double good = etaA * etaB * quiet * quiet / 2;
    double same = etaA * etaB * (1 + visibility) / 4 * quiet * oneDark;
    double single = (etaA * (1 - etaB) + etaB * (1 - etaA)) * quiet * oneDark;
    double none = (1 - etaA) * (1 - etaB) * oneDark * oneDark;
    double noise = (single + none) / 4;
    return heralded(
        good + same + single + none,
        good * (1 + visibility) / 2 + noise,
        good * (1 - visibility) / 2 + noise);
  }

  /// Source between two receivers with `pairsPerPulse` well below 1; accidental coincidences are
  /// maximally mixed.
  static Generation middleSource(
      double pairsPerPulse, double etaA, double etaB, double dark, double sourceFidelity) {
    double signal = pairsPerPulse * etaA * etaB;
    double accidental = (pairsPerPulse * etaA + dark) * (pairsPerPulse * etaB + dark);
    double total = signal + accidental;
    if (total > 1) {
      throw new IllegalArgumentException(
          "intensity (" + pairsPerPulse + ") must be far below 1 pair per pulse for these losses");
    }
    return total > 0
        ? new Generation(total, BellDiagonal.werner(sourceFidelity).depolarized(signal / total))
        : new Generation(0, BellDiagonal.MIXED);
  }

  private static Generation heralded(double total, double intended, double phaseFlipped) {
    if (total <= 0) {
      return new Generation(0, BellDiagonal.MIXED);
    }
    double f = intended / total;
    double z = phaseFlipped / total;
    double rest = Math.max(0, (1 - f - z) / 2);
    return new Generation(total, new BellDiagonal(f, rest, rest, z));
  }
}
