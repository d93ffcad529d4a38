package net.bellwether.scheduler.evaluate;

import static net.bellwether.scheduler.evaluate.Wave.COMPONENTS;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.topology.Operations;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.Purification;

/// A purification as what it is: linear in the state of each of its pairs, as long as the result is
/// not divided by its probability. In components of a wave: result[`result`] is the sum over all
/// terms of `factor` · kept[`kept`] · sacrificed[`sacrificed`], its mass the probability of
/// success. So sums over all histories of both pairs stay exact.
record ParityMap(List<Term> terms) {
  record Term(int result, int kept, int sacrificed, double factor) {}

  private static final double NEGLIGIBLE = 1e-15;

  /// Row c: what each Bell state (I, X, Y, Z) adds to component c. Its square is 4.
  private static final int[][] SIGNS = {
    {1, 1, 1, 1}, {1, 1, -1, -1}, {1, -1, 1, -1}, {1, -1, -1, 1}
  };

  private static final List<BellDiagonal> BELL_STATES =
      List.of(
          new BellDiagonal(1, 0, 0, 0),
          new BellDiagonal(0, 1, 0, 0),
          new BellDiagonal(0, 0, 1, 0),
          new BellDiagonal(0, 0, 0, 1));

  static ParityMap of(PurificationProtocol protocol, Operations left, Operations right) {
    double[][][] factors = new double[COMPONENTS][COMPONENTS][COMPONENTS];
    for (int kept = 0; kept < BELL_STATES.size(); kept++) {
      for (int sacrificed = 0; sacrificed < BELL_STATES.size(); sacrificed++) {
        add(
            Purification.purify(
                BELL_STATES.get(kept), BELL_STATES.get(sacrificed), protocol, left, right),
            kept,
            sacrificed,
            factors);
      }
    }
    List<Term> terms = new ArrayList<>();
    for (int r = 0; r < COMPONENTS; r++) {
      for (int k = 0; k < COMPONENTS; k++) {
        for (int s = 0; s < COMPONENTS; s++) {
          if (Math.abs(factors[r][k][s]) > NEGLIGIBLE) {
            terms.add(new Term(r, k, s, factors[r][k][s]));
          }
        }
      }
    }
    return new ParityMap(List.copyOf(terms));
  }

  private static void add(
      Purification.Purified made, int kept, int sacrificed, double[][][] factors) {
    BellDiagonal state = made.state();
    for (int r = 0; r < COMPONENTS; r++) {
      double component =
          SIGNS[r][0] * state.i()
              + SIGNS[r][1] * state.x()
              + SIGNS[r][2] * state.y()
              + SIGNS[r][3] * state.z();
      for (int k = 0; k < COMPONENTS; k++) {
        for (int s = 0; s < COMPONENTS; s++) {
          factors[r][k][s] +=
              made.successProbability() * component * SIGNS[k][kept] * SIGNS[s][sacrificed] / 16;
        }
      }
    }
  }
}
