package net.bellwether.scheduler.judge;

import net.bellwether.topology.Operations;
import net.bellwether.topology.physics.BellDiagonal;

/// Werner states by their parameter w = (4F - 1) / 3; inputs and outputs of every operation are
/// twirled.
final class WernerStates implements States {
  private final double[] swapFactor;
  private final double[] gate;
  private final double[] readoutError;

  WernerStates(Operations[] nodes) {
    swapFactor = new double[nodes.length];
    gate = new double[nodes.length];
    readoutError = new double[nodes.length];
    for (int node = 0; node < nodes.length; node++) {
      gate[node] = nodes[node].gateFidelity();
      readoutError[node] = nodes[node].readoutErrorProbability();
      double right = 1 - readoutError[node];
      swapFactor[node] = gate[node] * (4 * right * right - 1) / 3;
    }
  }

  static double ofFidelity(double fidelity) {
    return (4 * fidelity - 1) / 3;
  }

  static double toFidelity(double w) {
    return (1 + 3 * w) / 4;
  }

  double swap(double left, double right, int node) {
    return swapFactor[node] * left * right;
  }

  /// Probability of success of the purification of two Werner states over `u` and `v`.
  double success(double kept, double sacrificed, int u, int v) {
    double one = (1 - kept) / 4;
    double two = (1 - sacrificed) / 4;
    // Each pair is flipped in the checked basis with twice its share of any one error.
    double bothRight = (1 - 2 * one) * (1 - 2 * two);
    double bothFlipped = 4 * one * two;
    double misread = misread(u, v);
    double pass = bothRight + bothFlipped;
    double seenEqual = (1 - misread) * pass + misread * (1 - pass);
    double gates = gate[u] * gate[v];
    return gates * seenEqual + (1 - gates) / 2;
  }

  /// The state that success leaves.
  double purified(double kept, double sacrificed, int u, int v) {
    double one = (1 - kept) / 4;
    double two = (1 - sacrificed) / 4;
    double f1 = 1 - 3 * one;
    double f2 = 1 - 3 * two;
    double misread = misread(u, v);
    // Kept I or Z met by the same, and with a misread check by X or Y of the same phase.
    double good = (1 - misread) * (f1 * f2 + one * two) + misread * (f1 * two + one * two);
    double gates = gate[u] * gate[v];
    return ofFidelity((gates * good + (1 - gates) / 8) / success(kept, sacrificed, u, v));
  }

  private double misread(int u, int v) {
    return readoutError[u] * (1 - readoutError[v]) + readoutError[v] * (1 - readoutError[u]);
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public int protocols() {
    return 1;
  }

  @Override
  public void put(BellDiagonal state, double[] out, int at) {
    out[at] = ofFidelity(state.i());
  }

  @Override
  public void swap(double[] left, int leftAt, double[] right, int rightAt, int node, double[] out) {
    out[0] = swap(left[leftAt], right[rightAt], node);
  }

  @Override
  public double purify(
      double[] kept,
      int keptAt,
      double[] sacrificed,
      int sacrificedAt,
      int u,
      int v,
      int protocol,
      double[] out) {
    out[0] = purified(kept[keptAt], sacrificed[sacrificedAt], u, v);
    return success(kept[keptAt], sacrificed[sacrificedAt], u, v);
  }

  @Override
  public double fidelity(double[] state, int at) {
    return toFidelity(state[at]);
  }

  @Override
  public double errorZ(double[] state, int at) {
    return (1 - state[at]) / 2;
  }

  @Override
  public double errorX(double[] state, int at) {
    return (1 - state[at]) / 2;
  }
}
