package net.bellwether.emulator.nature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Relaxation of both halves of a pair against the closed form and against density matrices.
final class DecayTest {
  private static final int PAIRS = 400_000;
  private static final List<Pauli> PAULIS = List.of(Pauli.values());
  private static final NetworkTime BORN = NetworkTime.startOfFrame(1000);

  private final Chance chance = Chance.named(5, "test", "decay");

  private static NodeQubits node(String name, Qubits memory) {
    return new NodeQubits(
        new Node(NodeId.of(name), NodeRole.END_NODE, memory, memory, Operations.IDEAL),
        new Pairs(),
        Chance.named(5, "node", name));
  }

  private ChiSquare statesOf(Pauli start, double t1, double t2, double... waits) {
    Qubits memory = new Qubits(1, t1, t2);
    NodeQubits a = node("a", memory);
    NodeQubits b = node("b", memory);
    ChiSquare states = new ChiSquare(4);
    for (int i = 0; i < PAIRS; i++) {
      PairId id = new PairId.Elementary(LinkId.of("ab"), 1, i);
      LivePair pair = new LivePair(id, BORN, 1000, start);
      pair.join(a.newHalf(pair, BORN, BORN), b.newHalf(pair, BORN, BORN));
      NetworkTime atA = BORN;
      NetworkTime atB = BORN;
      for (int step = 0; step < waits.length; step += 2) {
        atA = atA.plusPicos(Math.round(waits[step] * 1e12));
        atB = atB.plusPicos(Math.round(waits[step + 1] * 1e12));
        pair.one().operatedAt(atA);
        pair.two().operatedAt(atB);
        Decay.settle(pair, chance);
      }
      states.count(PAULIS.indexOf(pair.index));
    }
    return states;
  }

  /// The values are those of density matrices, physics-vectors.json of topology-models, section 5.
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1, 10, 1, 0.9044397963177846, 0.00492558022120635, 0.08570904323980272",
    "0.05, 0.2, 1, 0.5, 0.7501756769973452, 0.053089652858971534, 0.1436450172847118",
    "0, 0.3, 100, 0.1, 0.5241446580597753, 0.0007488761241567499, 0.4743575896919113"
  })
  void aPhiStateRelaxesAsItsDensityMatrix(
      double atA, double atB, double t1, double t2, double i, double xy, double z) {
    statesOf(Pauli.I, t1, t2, atA, atB).assertAre(i, xy, xy, z);
  }

  /// Joint relaxation pulls both qubits to the ground state, so it favours Φ whatever was intended.
  @Test
  void aPsiStateRelaxesIntoPhi() {
    double a = Math.exp(-0.3);
    double b = Math.exp(-0.5);
    double c = Math.exp(-0.8 / 1.6);
    BellDiagonal expected = BellDiagonal.ofCorrelations(c, c, -a * b + (1 - a) * (1 - b));
    statesOf(Pauli.X, 1, 1.6, 0.3, 0.5)
        .assertAre(expected.i(), expected.x(), expected.y(), expected.z());
  }

  @Test
  void oneHalfAloneRelaxesWithoutAJointTerm() {
    double a = Math.exp(-0.4);
    double c = Math.exp(-0.4 / 1.5);
    BellDiagonal expected = BellDiagonal.ofCorrelations(c, -c, a);
    statesOf(Pauli.I, 1, 1.5, 0.4, 0)
        .assertAre(expected.i(), expected.x(), expected.y(), expected.z());
  }

  @Test
  void whatWasSettledIsNotAgedAgain() {
    LivePair pair = new LivePair(new PairId.Elementary(LinkId.of("ab"), 1, 1), BORN, 1000, Pauli.I);
    NodeQubits a = node("a", new Qubits(1, 1e-9, 1e-9));
    NodeQubits b = node("b", new Qubits(1, 1e6, 1e6));
    pair.join(a.newHalf(pair, BORN, BORN), b.newHalf(pair, BORN, BORN));
    pair.one().operatedAt(BORN.plusPicos(1_000_000_000L));
    Decay.settle(pair, chance);
    pair.index = Pauli.I;
    Decay.settle(pair, chance);
    assertThat(pair.index).isEqualTo(Pauli.I);
  }
}
