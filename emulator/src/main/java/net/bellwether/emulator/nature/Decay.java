package net.bellwether.emulator.nature;

import net.bellwether.topology.Qubits;
import net.bellwether.topology.time.NetworkTime;

/// Ageing of one half in its node's memory: T1/T2 relaxation, twirled to a Pauli channel [PHYSICS,
/// Memory]: px = py = (1 − e^(−t/T1))/4, pz = (1 − e^(−t/T2))/2 − px.
final class Decay {
  private final double t1Picos;
  private final double t2Picos;

  Decay(Qubits memory) {
    t1Picos = memory.t1Seconds() * NetworkTime.PICOS_PER_SECOND;
    t2Picos = memory.t2Seconds() * NetworkTime.PICOS_PER_SECOND;
  }

  void age(Half half, NetworkTime until, Chance chance) {
    double picos = until.picosSince(half.agedUntil());
    double flip = -StrictMath.expm1(-picos / t1Picos) / 4;
    double dephase = Math.max(0, -StrictMath.expm1(-picos / t2Picos) / 2 - flip);
    half.pair().apply(chance.from(flip, flip, dephase));
    half.operatedAt(until);
  }
}
