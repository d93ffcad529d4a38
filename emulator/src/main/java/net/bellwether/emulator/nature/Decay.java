package net.bellwether.emulator.nature;

import net.bellwether.topology.Qubits;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;

/// Ageing of halves in a memory: T1 relaxation and T2 dephasing.
final class Decay {
  private final double t1Picos;
  private final double t2Picos;

  Decay(Qubits memory, double factor) {
    t1Picos = factor * memory.t1Seconds() * NetworkTime.PICOS_PER_SECOND;
    t2Picos = factor * memory.t2Seconds() * NetworkTime.PICOS_PER_SECOND;
  }

  /// Changes the Bell state of `pair` by what both halves lived through since this was last done.
  ///
  /// With a = e^(−tA/T1), b = e^(−tB/T1), c = e^(−tA/T2 − tB/T2) the correlations become c·XX, c·YY
  /// and ab·ZZ + (1−a)(1−b) \[nielsen2010\]: relaxation of both halves favours Φ. So a Φ state
  /// turns into a Ψ state with probability (a(1−b) + b(1−a))/2, a Ψ state into a Φ state with
  /// ((1−a) + (1−b))/2, of either phase; what keeps its parity keeps its phase but for dephasing.
  static void settle(LivePair pair, Chance chance) {
    Half one = pair.one();
    Half two = pair.two();
    double picosOne = one.takeAgePicos();
    double picosTwo = two.takeAgePicos();
    if (picosOne == 0 && picosTwo == 0) {
      return;
    }
    Decay atOne = one.memory;
    Decay atTwo = two.memory;
    double lostOne = -StrictMath.expm1(-picosOne / atOne.t1Picos);
    double lostTwo = -StrictMath.expm1(-picosTwo / atTwo.t1Picos);
    double coherent = StrictMath.exp(-picosOne / atOne.t2Picos - picosTwo / atTwo.t2Picos);
    boolean isPsi = pair.index.x();
    double flip = isPsi ? (lostOne + lostTwo) / 2 : (lostOne + lostTwo) / 2 - lostOne * lostTwo;
    double dephase = Math.max(0, (1 - flip - coherent) / 2);
    double drawn = chance.fraction();
    if (drawn < flip) {
      pair.index = Pauli.of(!isPsi, drawn < flip / 2);
    } else if (drawn < flip + dephase) {
      pair.index = pair.index.times(Pauli.Z);
    }
  }
}
