package net.bellwether.wire;

import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.rules.Prediction;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.MemoryQubits;
import net.bellwether.v1.PairPrediction;

/// Vocabulary to messages and back. What a message says is checked as the vocabulary's own
/// constructors do; IllegalArgumentException says what is wrong.
public final class Vocabulary {
  private Vocabulary() {}

  public static net.bellwether.v1.NetworkTime toProto(NetworkTime time) {
    return net.bellwether.v1.NetworkTime.newBuilder()
        .setFrame(time.frame())
        .setPicos(time.picos())
        .build();
  }

  public static NetworkTime fromProto(net.bellwether.v1.NetworkTime time) {
    return new NetworkTime(time.getFrame(), time.getPicos());
  }

  public static net.bellwether.v1.PairId toProto(PairId pair) {
    net.bellwether.v1.PairId.Builder message = net.bellwether.v1.PairId.newBuilder();
    return switch (pair) {
      case PairId.Elementary(LinkId link, long epoch, long sequence) ->
          message.setOrigin(link.value()).setEpoch(epoch).setSequence(sequence).build();
      case PairId.Swapped(NodeId node, long bootEpoch, long counter) ->
          message
              .setOrigin(node.value())
              .setSwapped(true)
              .setEpoch(bootEpoch)
              .setSequence(counter)
              .build();
    };
  }

  public static PairId fromProto(net.bellwether.v1.PairId pair) {
    return pair.getSwapped()
        ? new PairId.Swapped(NodeId.of(pair.getOrigin()), pair.getEpoch(), pair.getSequence())
        : new PairId.Elementary(LinkId.of(pair.getOrigin()), pair.getEpoch(), pair.getSequence());
  }

  public static net.bellwether.v1.Pauli toProto(Pauli pauli) {
    return switch (pauli) {
      case I -> net.bellwether.v1.Pauli.PAULI_I;
      case X -> net.bellwether.v1.Pauli.PAULI_X;
      case Y -> net.bellwether.v1.Pauli.PAULI_Y;
      case Z -> net.bellwether.v1.Pauli.PAULI_Z;
    };
  }

  public static Pauli fromProto(net.bellwether.v1.Pauli pauli) {
    return switch (pauli) {
      case PAULI_I -> Pauli.I;
      case PAULI_X -> Pauli.X;
      case PAULI_Y -> Pauli.Y;
      case PAULI_Z -> Pauli.Z;
      case PAULI_UNSPECIFIED, UNRECOGNIZED -> throw unknown("pauli", pauli);
    };
  }

  public static net.bellwether.v1.Basis toProto(Basis basis) {
    return switch (basis) {
      case Z -> net.bellwether.v1.Basis.BASIS_Z;
      case X -> net.bellwether.v1.Basis.BASIS_X;
      case Y -> net.bellwether.v1.Basis.BASIS_Y;
    };
  }

  public static Basis fromProto(net.bellwether.v1.Basis basis) {
    return switch (basis) {
      case BASIS_Z -> Basis.Z;
      case BASIS_X -> Basis.X;
      case BASIS_Y -> Basis.Y;
      case BASIS_UNSPECIFIED, UNRECOGNIZED -> throw unknown("basis", basis);
    };
  }

  public static net.bellwether.v1.PurificationProtocol toProto(PurificationProtocol protocol) {
    return switch (protocol) {
      case BBPSSW -> net.bellwether.v1.PurificationProtocol.PURIFICATION_PROTOCOL_BBPSSW;
      case DEJMPS -> net.bellwether.v1.PurificationProtocol.PURIFICATION_PROTOCOL_DEJMPS;
    };
  }

  public static PurificationProtocol fromProto(net.bellwether.v1.PurificationProtocol protocol) {
    return switch (protocol) {
      case PURIFICATION_PROTOCOL_BBPSSW -> PurificationProtocol.BBPSSW;
      case PURIFICATION_PROTOCOL_DEJMPS -> PurificationProtocol.DEJMPS;
      case PURIFICATION_PROTOCOL_UNSPECIFIED, UNRECOGNIZED -> throw unknown("protocol", protocol);
    };
  }

  public static net.bellwether.v1.BellDiagonal toProto(BellDiagonal state) {
    return net.bellwether.v1.BellDiagonal.newBuilder()
        .setI(state.i())
        .setX(state.x())
        .setY(state.y())
        .setZ(state.z())
        .build();
  }

  public static BellDiagonal fromProto(net.bellwether.v1.BellDiagonal state) {
    return new BellDiagonal(state.getI(), state.getX(), state.getY(), state.getZ());
  }

  public static net.bellwether.v1.Direction toProto(Direction direction) {
    return net.bellwether.v1.Direction.newBuilder()
        .setX(direction.x())
        .setY(direction.y())
        .setZ(direction.z())
        .build();
  }

  public static Direction fromProto(net.bellwether.v1.Direction direction) {
    return new Direction(direction.getX(), direction.getY(), direction.getZ());
  }

  public static PairPrediction toProto(Prediction prediction) {
    return PairPrediction.newBuilder()
        .setDelivered(toProto(prediction.delivered()))
        .setHere(toProto(prediction.here()))
        .setThere(toProto(prediction.there()))
        .setMisreadProbability(prediction.misreadProbability())
        .build();
  }

  public static Prediction fromProto(PairPrediction prediction) {
    return new Prediction(
        fromProto(prediction.getDelivered()),
        fromProto(prediction.getHere()),
        fromProto(prediction.getThere()),
        prediction.getMisreadProbability());
  }

  private static MemoryQubits toProto(Qubits memory) {
    return MemoryQubits.newBuilder()
        .setCount(memory.count())
        .setT1Seconds(memory.t1Seconds())
        .setT2Seconds(memory.t2Seconds())
        .build();
  }

  private static Qubits fromProto(MemoryQubits memory) {
    return new Qubits(memory.getCount(), memory.getT1Seconds(), memory.getT2Seconds());
  }

  public static net.bellwether.v1.Rounds toProto(Rounds rounds) {
    return RuleMessages.toProto(rounds);
  }

  public static Rounds fromProto(net.bellwether.v1.Rounds rounds) {
    return RuleMessages.fromProto(rounds);
  }

  public static net.bellwether.v1.Rule toProto(Rule rule) {
    return RuleMessages.toProto(rule);
  }

  public static Rule fromProto(net.bellwether.v1.Rule rule) {
    return RuleMessages.fromProto(rule);
  }

  public static net.bellwether.v1.RuleSet toProto(RuleSet ruleSet) {
    return RuleMessages.toProto(ruleSet);
  }

  public static RuleSet fromProto(net.bellwether.v1.RuleSet ruleSet) {
    return RuleMessages.fromProto(ruleSet);
  }

  static IllegalArgumentException unknown(String field, Object value) {
    return new IllegalArgumentException(
        field + " (" + value + ") must be set to a value this version knows");
  }
}
