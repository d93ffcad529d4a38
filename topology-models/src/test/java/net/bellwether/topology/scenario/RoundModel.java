package net.bellwether.topology.scenario;

import java.util.Arrays;
import java.util.List;
import net.bellwether.topology.Link;
import net.bellwether.topology.physics.LinkPhysics;

/// Delivered pairs of a chain of links in rounds, by the plainest reading of decision 0001: each
/// round takes its attempts and, where there are swaps, a tail of twice the end-to-end latency,
/// each link makes a binomial number of pairs, and the fewest decide. Written apart from the
/// scheduler's evaluator.
record RoundModel(List<Link> chain) {
  private static final double SESSION_SECONDS = 0.095;
  private static final double FRAMES_PER_SECOND = 10;
  private static final int MOST_ROUNDS = 60;

  double pairsPerSecond() {
    double best = 0;
    for (int rounds = 1; rounds <= MOST_ROUNDS; rounds++) {
      double attemptSeconds = SESSION_SECONDS / rounds - tailSeconds();
      best = Math.max(best, rounds * FRAMES_PER_SECOND * pairsPerRound(attemptSeconds));
    }
    return best;
  }

  private double tailSeconds() {
    // Without a swap there is nothing to tell.
    return chain.size() == 1
        ? 0
        : chain.stream().mapToDouble(link -> physics(link).classicalLatencyPicos() * 2e-12).sum();
  }

  private double pairsPerRound(double attemptSeconds) {
    int modes = chain.stream().mapToInt(Link::multiplexing).min().orElseThrow();
    double[] atLeast = new double[modes + 1];
    Arrays.fill(atLeast, 1);
    for (Link link : chain) {
      LinkPhysics physics = physics(link);
      double attempts =
          Math.floor(
              (attemptSeconds * 1e12 - physics.heraldLatencyPicos())
                  / physics.attemptPeriodPicos());
      if (attempts < 1) {
        return 0;
      }
      double filled = 1 - Math.pow(1 - physics.attemptSuccessProbability(), attempts);
      multiplySurvival(atLeast, link.multiplexing(), filled);
    }
    double mean = 0;
    for (int k = 1; k <= modes; k++) {
      mean += atLeast[k];
    }
    return mean;
  }

  /// Multiplies `atLeast[k]` by the probability that a binomial count is at least k.
  private static void multiplySurvival(double[] atLeast, int n, double p) {
    double logP = Math.log(p);
    double logQ = Math.log1p(-p);
    double[] logFactorial = new double[n + 1];
    for (int k = 1; k <= n; k++) {
      logFactorial[k] = logFactorial[k - 1] + Math.log(k);
    }
    double survival = 0;
    for (int k = n; k >= 1; k--) {
      survival +=
          Math.exp(
              logFactorial[n] - logFactorial[k] - logFactorial[n - k] + k * logP + (n - k) * logQ);
      if (k < atLeast.length) {
        atLeast[k] *= Math.min(1, survival);
      }
    }
  }

  private static LinkPhysics physics(Link link) {
    return LinkPhysics.of(link, link.modes().getFirst());
  }
}
