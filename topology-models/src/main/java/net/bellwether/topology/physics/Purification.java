package net.bellwether.topology.physics;

import net.bellwether.topology.Operations;
import net.bellwether.topology.pair.PurificationProtocol;

/// Two-to-one purification of Bell-diagonal pairs: bilateral CNOT, parity check of the sacrificed
/// pair, the other is kept if the outcomes agree [bbpssw1996, dejmps1996].
public final class Purification {
  private Purification() {}

  /// `state` is that of the kept pair given success; maximally mixed where success is impossible.
  public record Purified(double successProbability, BellDiagonal state) {}

  /// Each end applies one noisy gate and one noisy readout of its node \[dur1999\]. No twirl: a
  /// caller that wants the textbook BBPSSW twirls the inputs.
  public static Purified purify(
      BellDiagonal kept,
      BellDiagonal sacrificed,
      PurificationProtocol protocol,
      Operations left,
      Operations right) {
    BellDiagonal p = prepared(kept, protocol);
    BellDiagonal q = prepared(sacrificed, protocol);
    double misread = either(left.readoutErrorProbability(), right.readoutErrorProbability());
    double agree = 1 - misread;
    double gates = left.gateFidelity() * right.gateFidelity();

    // The check compares the bit flips x of both pairs; the kept pair takes on both phase flips z.
    double outI =
        agree * (p.i() * q.i() + p.z() * q.z()) + misread * (p.i() * q.x() + p.z() * q.y());
    double outZ =
        agree * (p.i() * q.z() + p.z() * q.i()) + misread * (p.i() * q.y() + p.z() * q.x());
    double outX =
        agree * (p.x() * q.x() + p.y() * q.y()) + misread * (p.x() * q.i() + p.y() * q.z());
    double outY =
        agree * (p.x() * q.y() + p.y() * q.x()) + misread * (p.x() * q.z() + p.y() * q.i());

    // Of four depolarised qubits half pass the check, in any of four states.
    double noise = (1 - gates) / 8;
    double success = gates * (outI + outX + outY + outZ) + 4 * noise;
    if (success <= 0) {
      return new Purified(0, BellDiagonal.MIXED);
    }
    return new Purified(
        success,
        new BellDiagonal(
            (gates * outI + noise) / success,
            (gates * outX + noise) / success,
            (gates * outY + noise) / success,
            (gates * outZ + noise) / success));
  }

  private static BellDiagonal prepared(BellDiagonal state, PurificationProtocol protocol) {
    return switch (protocol) {
      case BBPSSW -> state;
      case DEJMPS -> new BellDiagonal(state.i(), state.x(), state.z(), state.y());
    };
  }

  /// Probability that exactly one of two independent errors happens.
  private static double either(double one, double other) {
    return one * (1 - other) + other * (1 - one);
  }
}
