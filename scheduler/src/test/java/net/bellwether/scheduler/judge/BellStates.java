package net.bellwether.scheduler.judge;

import net.bellwether.topology.Operations;
import net.bellwether.topology.physics.BellDiagonal;

/// Bell-diagonal states, not twirled: four probabilities at the index `x + 2 z` of the Pauli's
/// bits, so that the product of Paulis is XOR. Every operation is its literal sum over pairs of
/// Paulis.
final class BellStates implements States {
  private static final int Z_BIT = 2;

  private final Operations[] nodes;

  BellStates(Operations[] nodes) {
    this.nodes = nodes.clone();
  }

  @Override
  public int width() {
    return 4;
  }

  /// BBPSSW is 0, DEJMPS is 1.
  @Override
  public int protocols() {
    return 2;
  }

  @Override
  public void put(BellDiagonal state, double[] out, int at) {
    out[at] = state.i();
    out[at + 1] = state.x();
    out[at + 2] = state.z();
    out[at + 3] = state.y();
  }

  @Override
  public void swap(double[] left, int leftAt, double[] right, int rightAt, int node, double[] out) {
    double[] joined = new double[4];
    for (int i = 0; i < 16; i++) {
      joined[(i / 4) ^ (i % 4)] += left[leftAt + i / 4] * right[rightAt + i % 4];
    }
    double kept = nodes[node].gateFidelity();
    double wrong = nodes[node].readoutErrorProbability();
    for (int pauli = 0; pauli < 4; pauli++) {
      out[pauli] = 0;
    }
    for (int i = 0; i < 16; i++) {
      int misread = i % 4;
      double probability = 1;
      for (int bit = 1; bit <= Z_BIT; bit <<= 1) {
        probability *= (misread & bit) != 0 ? wrong : 1 - wrong;
      }
      out[(i / 4) ^ misread] += probability * (kept * joined[i / 4] + (1 - kept) / 4);
    }
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
    double errorU = nodes[u].readoutErrorProbability();
    double errorV = nodes[v].readoutErrorProbability();
    double misread = errorU * (1 - errorV) + errorV * (1 - errorU);
    double gates = nodes[u].gateFidelity() * nodes[v].gateFidelity();
    for (int pauli = 0; pauli < 4; pauli++) {
      out[pauli] = (1 - gates) / 8;
    }
    for (int i = 0; i < 16; i++) {
      int one = mapped(i / 4, protocol);
      int two = mapped(i % 4, protocol);
      double pass = (one & 1) == (two & 1) ? 1 - misread : misread;
      out[one ^ (two & Z_BIT)] +=
          gates * pass * kept[keptAt + i / 4] * sacrificed[sacrificedAt + i % 4];
    }
    double success = out[0] + out[1] + out[2] + out[3];
    for (int pauli = 0; pauli < 4; pauli++) {
      out[pauli] /= success;
    }
    return success;
  }

  /// DEJMPS exchanges Y and Z: a phase flip also flips x.
  private static int mapped(int pauli, int protocol) {
    return protocol == 1 && (pauli & Z_BIT) != 0 ? pauli ^ 1 : pauli;
  }

  @Override
  public double fidelity(double[] state, int at) {
    return state[at];
  }

  @Override
  public double errorZ(double[] state, int at) {
    return state[at + 1] + state[at + 3];
  }

  @Override
  public double errorX(double[] state, int at) {
    return state[at + 2] + state[at + 3];
  }
}
