package net.bellwether.scheduler.judge;

import net.bellwether.topology.physics.BellDiagonal;

/// The algebra of states as the enumeration needs it: a state is `width` numbers in an array, from
/// an offset on. Operations are those of nodes by index.
interface States {
  int width();

  /// How many purification protocols differ on these states.
  int protocols();

  void put(BellDiagonal state, double[] out, int at);

  /// The swap at `node`.
  void swap(double[] left, int leftAt, double[] right, int rightAt, int node, double[] out);

  /// The purification over the nodes `u` and `v`; returns the probability of success.
  double purify(
      double[] kept,
      int keptAt,
      double[] sacrificed,
      int sacrificedAt,
      int u,
      int v,
      int protocol,
      double[] out);

  double fidelity(double[] state, int at);

  /// Probabilities that perfect readouts disagree in the key basis (Z) and in the test basis (X).
  double errorZ(double[] state, int at);

  double errorX(double[] state, int at);
}
