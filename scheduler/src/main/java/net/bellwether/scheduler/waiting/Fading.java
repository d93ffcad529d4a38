package net.bellwether.scheduler.waiting;

import static net.bellwether.scheduler.waiting.Arrivals.COMPONENTS;

import net.bellwether.topology.Qubits;

/// Decay of a pair in memory, as rates a second of the components of [Arrivals]: each half for
/// itself loses the X and Y correlations with T2 and the Z correlation with T1 (amplitude damping,
/// twirled, and dephasing \[nielsen2010\]), so rates of both halves add.
record Fading(double xAndY, double z) {
  static Fading of(Qubits memory) {
    return new Fading(1 / memory.t2Seconds(), 1 / memory.t1Seconds());
  }

  Fading and(Fading other) {
    return new Fading(xAndY + other.xAndY, z + other.z);
  }

  /// What is left of each component after `seconds`.
  double[] kept(double seconds) {
    double[] kept = new double[COMPONENTS];
    kept[Arrivals.MASS] = 1;
    kept[Arrivals.X] = StrictMath.exp(-seconds * xAndY);
    kept[Arrivals.Y] = kept[Arrivals.X];
    kept[Arrivals.Z] = StrictMath.exp(-seconds * z);
    return kept;
  }
}
