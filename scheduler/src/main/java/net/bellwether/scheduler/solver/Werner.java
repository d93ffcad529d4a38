package net.bellwether.scheduler.solver;

import net.bellwether.topology.Operations;

/// Werner states by their parameter w = (4F − 1)/3, under noisy operations. Closed forms of the
/// maps in `Purification` and `BellDiagonal` with twirled inputs and outputs \[dur1999\].
final class Werner {
  /// At F = 1/2 and below nothing can be distilled, and such a pair helps no other.
  static final double USELESS = 1.0 / 3;

  private Werner() {}

  static double parameter(double fidelity) {
    return (4 * fidelity - 1) / 3;
  }

  static double fidelity(double parameter) {
    return (3 * parameter + 1) / 4;
  }

  /// s = λ (4 (1 − ε)² − 1) / 3: a swap leaves s w₁ w₂.
  static double swapFactor(Operations at) {
    double correct = 1 - at.readoutErrorProbability();
    return at.gateFidelity() * (4 * correct * correct - 1) / 3;
  }

  /// P = (1 + L (1 − 2e) w₁ w₂) / 2, with L both gates and e either readout wrong.
  static double success(double gates, double misread, double kept, double sacrificed) {
    return (1 + gates * (1 - 2 * misread) * kept * sacrificed) / 2;
  }

  /// w' = L (w₁ + (1 − 2e) w₂ + 4 (1 − e) w₁ w₂) / (6 P).
  static double purified(double gates, double misread, double kept, double sacrificed, double p) {
    return gates
        * (kept + (1 - 2 * misread) * sacrificed + 4 * (1 - misread) * kept * sacrificed)
        / (6 * p);
  }

  /// What the partner of a pair must have at least, kept or sacrificed, to bring it to `aimed`; 1
  /// or more where none can.
  static double partner(double gates, double misread, double pair, double aimed) {
    double right = 1 - 2 * misread;
    double both = 4 * gates * (1 - misread) * pair - 3 * aimed * gates * right * pair;
    double asSacrificed = (3 * aimed - gates * pair) / (gates * right + both);
    double asKept = (3 * aimed - gates * right * pair) / (gates + both);
    return Math.min(asSacrificed, asKept);
  }

  /// The highest parameter that any number of purifications of pairs of at most `best` reaches.
  static double attainable(double gates, double misread, double best) {
    double highest = best;
    // Nested purification from perfect pairs falls to the fixed point, from above and monotonely.
    double w = 1;
    for (int i = 0; i < 200; i++) {
      w = purified(gates, misread, w, w, success(gates, misread, w, w));
    }
    highest = Math.max(highest, w);
    return Math.min(1, highest);
  }
}
