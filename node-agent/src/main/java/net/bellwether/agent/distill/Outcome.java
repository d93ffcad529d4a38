package net.bellwether.agent.distill;

import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;

/// What this end measured on one pair, until it is sifted. Tomography pairs are those in Y.
record Outcome(PairId pair, Basis basis, boolean bit, long frame) {
  static Outcome of(DeliveredPair pair) {
    return new Outcome(pair.pair(), pair.basis(), pair.bit(), pair.time().frame());
  }

  /// Without the bit, which may become key.
  @Override
  public String toString() {
    return "Outcome[" + pair + ", " + basis + ", frame " + frame + "]";
  }
}
