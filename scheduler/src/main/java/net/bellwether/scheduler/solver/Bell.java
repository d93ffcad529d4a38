package net.bellwether.scheduler.solver;

import net.bellwether.topology.Operations;

/// What Bell-diagonal states can do at best, by x = 2F − 1 alone. A swap leaves at most the product
/// of both, because F ≤ F₁F₂ + (1 − F₁)(1 − F₂). A purification does best where its check finds
/// every error, and passes most often where it finds none; no state does both, so this is a
/// relaxation.
final class Bell {
  private Bell() {}

  /// What a swap adds to −ln x at least: x falls by λ for the gate and by 2 (1 − ε)² − 1 for the
  /// corrections that readout gets wrong.
  static double swapLoss(Operations at) {
    double correct = 1 - at.readoutErrorProbability();
    double kept = at.gateFidelity() * (2 * correct * correct - 1);
    return kept > 0 ? -StrictMath.log(kept) : Double.POSITIVE_INFINITY;
  }

  /// The least −ln x after purification of two pairs whose −ln x sum to `sum`: for errors that the
  /// check finds, F' = (L F₁F₂ + (1 − L)/8) / (L (F₁F₂ + (1 − F₁)(1 − F₂)) + (1 − L)/2), best for
  /// equal pairs or for a perfect one.
  static double leastLoss(double gates, double sum) {
    double equal = StrictMath.exp(-sum / 2);
    double x = Math.max(purified(gates, equal, equal), purified(gates, 1, StrictMath.exp(-sum)));
    return -StrictMath.log(Math.min(1, x));
  }

  private static double purified(double gates, double x1, double x2) {
    double both = (1 + x1) * (1 + x2) / 4;
    double neither = (1 - x1) * (1 - x2) / 4;
    double noise = (1 - gates) / 8;
    double fidelity = (gates * both + noise) / (gates * (both + neither) + 4 * noise);
    return 2 * fidelity - 1;
  }

  /// A check that finds nothing passes but for gate noise.
  static double mostSuccess(double gates) {
    return (1 + gates) / 2;
  }
}
