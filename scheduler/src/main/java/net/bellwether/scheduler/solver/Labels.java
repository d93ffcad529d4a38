package net.bellwether.scheduler.solver;

import java.util.Arrays;

/// Sub-plans of a search, by number, in parallel arrays: ends, cost, state, and how they are made.
/// Grown by doubling and kept for the next search, so that a search allocates nothing once its
/// arrays are large enough.
final class Labels {
  /// `how`: the node of a swap, or one of these, or a mode of a link by `generated`.
  static final int BBPSSW = -1;

  static final int DEJMPS = -2;

  /// A purification with a partner that was left out.
  static final int STAND_IN = -3;

  private static final int FIRST_MODE = -4;

  int count;
  int[] u = new int[0];
  int[] v = new int[0];
  int[] left = new int[0];
  int[] right = new int[0];
  int[] how = new int[0];
  double[] cost = new double[0];

  /// Werner parameter of the fidelity.
  double[] werner = new double[0];

  /// −ln w, or −ln (2F − 1) for Bell-diagonal states.
  double[] loss = new double[0];

  /// cost^γ, where times are compared.
  double[] power = new double[0];

  /// Whether it is a bound on what was left out, and no plan.
  boolean[] standIn = new boolean[0];

  /// Correlations (XX, −YY, ZZ), in Bell-diagonal searches only.
  double[] xx = new double[0];

  double[] yy = new double[0];
  double[] zz = new double[0];

  /// Of processed labels: the one before over the same span, -1 where there is none.
  int[] older = new int[0];

  /// Links on the longest path, and required nodes and links that all paths visit, as bits.
  int[] hops = new int[0];

  int[] visits = new int[0];

  void clear() {
    count = 0;
  }

  /// Makes room for one more label.
  void makeRoom(boolean bell, boolean tracked) {
    if (count == u.length || (bell && count >= xx.length) || (tracked && count >= hops.length)) {
      grow(count == u.length ? Math.max(256, 2 * count) : u.length, bell, tracked);
    }
  }

  private void grow(int size, boolean bell, boolean tracked) {
    int length = Math.max(size, u.length);
    u = Arrays.copyOf(u, length);
    v = Arrays.copyOf(v, length);
    left = Arrays.copyOf(left, length);
    right = Arrays.copyOf(right, length);
    how = Arrays.copyOf(how, length);
    cost = Arrays.copyOf(cost, length);
    werner = Arrays.copyOf(werner, length);
    loss = Arrays.copyOf(loss, length);
    power = Arrays.copyOf(power, length);
    standIn = Arrays.copyOf(standIn, length);
    older = Arrays.copyOf(older, length);
    if (bell) {
      xx = Arrays.copyOf(xx, length);
      yy = Arrays.copyOf(yy, length);
      zz = Arrays.copyOf(zz, length);
    }
    if (tracked) {
      hops = Arrays.copyOf(hops, length);
      visits = Arrays.copyOf(visits, length);
    }
  }

  static int generated(int mode) {
    return FIRST_MODE - mode;
  }

  boolean isGenerated(int label) {
    return how[label] <= FIRST_MODE;
  }

  int mode(int label) {
    return FIRST_MODE - how[label];
  }

  int other(int label, int end) {
    return u[label] == end ? v[label] : u[label];
  }
}
