package net.bellwether.agent.engine;

import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;

/// What a purification does to the Pauli frames of its two pairs: the bilateral CNOT leaves the
/// kept pair with (x1, z1 xor z2) and makes perfect pairs disagree by x1 xor x2. DEJMPS exchanges Y
/// and Z of both pairs first.
record ParityCheck(Pauli keptFrame, boolean expectedParity) {
  static ParityCheck of(PurificationProtocol protocol, Pauli kept, Pauli sacrificed) {
    Pauli one = prepared(protocol, kept);
    Pauli two = prepared(protocol, sacrificed);
    return new ParityCheck(Pauli.of(one.x(), one.z() ^ two.z()), one.x() ^ two.x());
  }

  private static Pauli prepared(PurificationProtocol protocol, Pauli frame) {
    return switch (protocol) {
      case BBPSSW -> frame;
      case DEJMPS -> Pauli.of(frame.x() ^ frame.z(), frame.z());
    };
  }
}
