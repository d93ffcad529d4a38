package net.bellwether.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.bellwether.emulator.nature.Herald;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

/// Chains whose nodes swap as soon as both their pairs are there, with ends that measure at the
/// herald: each inner node keeps the first of its two halves for the difference of two geometric
/// times, whatever the order of the swaps. Figures computed apart from this code, and nature.
class SwapAsapTest {
  private static final int ROUNDS = 20_000;

  @Test
  void waitingOfManyLinksIsThatOfTheSlowest() {
    for (int links : new int[] {2, 3, 4, 8}) {
      FreeChain chain =
          new FreeChain(links, 0.15, Operations.IDEAL, FreeChain.LASTING, FreeChain.LASTING);
      Sampled attempts = new Sampled();
      for (int i = 0; i < ROUNDS; i++) {
        attempts.add(
            chain.round().stream()
                .mapToDouble(herald -> attempt(chain, herald))
                .max()
                .orElseThrow());
      }
      attempts.assertMean(slowest(links, chain.physics.attemptSuccessProbability()));
    }
  }

  @Test
  void slowestOfManyLinksTakesTheKnownMean() {
    assertThat(slowest(2, 0.1)).isCloseTo((3 - 0.2) / (0.1 * 1.9), within(1e-9));
    assertThat(slowest(4, 0.01)).isCloseTo(207.78992181962846, within(1e-7));
    assertThat(slowest(8, 0.01)).isCloseTo(270.9245094366969, within(1e-7));
  }

  @Test
  void whatIsKeptIsAsPublished() {
    assertThat(kept(2, 0.1, 0.99)).isCloseTo(0.9130854659584744, within(1e-9));
    assertThat(kept(2, 0.02, 0.999)).isCloseTo(0.9528170166873696, within(1e-9));
    assertThat(kept(3, 0.1, 0.99)).isCloseTo(0.8357539964767257, within(1e-9));
    assertThat(kept(4, 0.1, 0.99)).isCloseTo(0.7650246682591154, within(1e-9));
    assertThat(kept(8, 0.05, 0.999)).isCloseTo(0.8742104833693035, within(1e-9));
  }

  @Test
  void natureKeepsAsMuch() {
    for (int links : new int[] {2, 3, 4}) {
      natureKeeps(links);
    }
  }

  private static void natureKeeps(int links) {
    Qubits dephasing = new Qubits(64, 1e6, 1e-3);
    FreeChain chain = new FreeChain(links, 0.3, Operations.IDEAL, dephasing, FreeChain.LASTING);
    Sampled errors = new Sampled();
    for (int i = 0; i < ROUNDS; i++) {
      List<Herald> heralds = chain.round();
      NetworkTime left = heralds.getFirst().time();
      NetworkTime right = heralds.getLast().time();
      Pauli frame = FreeChain.announced(heralds);
      for (int at = 1; at < links; at++) {
        NetworkTime both = NetworkTime.later(heralds.get(at - 1).time(), heralds.get(at).time());
        frame = frame.times(chain.swap(at, heralds, both).bellIndex());
      }
      errors.add(chain.disagree(heralds, left, right, Basis.X, frame));
    }
    double perAttempt = Math.exp(-chain.physics.attemptPeriodPicos() * 1e-12 / 1e-3);
    double heralds =
        Math.exp(-2.0 * (links - 1) * chain.physics.heraldLatencyPicos() * 1e-12 / 1e-3);
    BellDiagonal fresh = chain.physics.state();
    double correlation =
        Math.pow(fresh.correlationXX(), links)
            * heralds
            * kept(links, chain.physics.attemptSuccessProbability(), perAttempt);
    errors.assertMean((1 - correlation) / 2);
  }

  private static double attempt(FreeChain chain, Herald herald) {
    return (FreeChain.seconds(herald.time()) * 1e12 - chain.physics.heraldLatencyPicos())
        / chain.physics.attemptPeriodPicos();
  }

  /// Mean of the maximum of geometric times, by its tail.
  private static double slowest(int links, double p) {
    double mean = 0;
    double failed = 1;
    while (failed > 1e-16) {
      mean += 1 - Math.pow(1 - failed, links);
      failed *= 1 - p;
    }
    return mean;
  }

  /// E\[a^Σ|Nᵢ − Nᵢ₊₁|\] of geometric times Nᵢ, link by link.
  private static double kept(int links, double p, double a) {
    int horizon = (int) (32 / p);
    double[] chance = new double[horizon + 1];
    double failed = 1;
    for (int t = 1; t <= horizon; t++) {
      chance[t] = failed * p;
      failed *= 1 - p;
    }
    double[] weight = chance.clone();
    for (int link = 1; link < links; link++) {
      weight = next(weight, chance, a);
    }
    double kept = 0;
    for (double w : weight) {
      kept += w;
    }
    return kept;
  }

  /// Both sums over the earlier and the later neighbours, carried along.
  private static double[] next(double[] weight, double[] chance, double a) {
    double[] next = new double[weight.length];
    double earlier = 0;
    for (int t = 1; t < next.length; t++) {
      earlier = earlier * a + weight[t];
      next[t] = earlier;
    }
    double later = 0;
    for (int t = next.length - 1; t >= 1; t--) {
      next[t] = (next[t] + later) * chance[t];
      later = (later + weight[t]) * a;
    }
    return next;
  }
}
