package net.bellwether.topology;

/// A register of qubits of one kind: how many, with relaxation time T1 and coherence time T2. T2 is
/// at most 2·T1.
public record Qubits(int count, double t1Seconds, double t2Seconds) {
  public Qubits {
    Require.atLeast("count", count, 0);
    Require.positive("t1Seconds", t1Seconds);
    Require.positive("t2Seconds", t2Seconds);
    if (t2Seconds > 2 * t1Seconds) {
      throw new IllegalArgumentException(
          "t2Seconds (" + t2Seconds + ") must be at most 2 x t1Seconds (" + t1Seconds + ")");
    }
  }
}
