package net.bellwether.agent.kept;

import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.MeasurePairRequest;
import net.bellwether.v1.PairHandle;
import net.bellwether.wire.Vocabulary;

/// Kept halves and directions as applications see them.
final class Handles {
  private Handles() {}

  /// With its predicted state as of `now`, at the earliest that of its delivery.
  static PairHandle.Builder of(KeptHalf half, NetworkTime now) {
    NetworkTime asOf = NetworkTime.later(now, half.created());
    double seconds = asOf.picosSince(half.created()) / (double) NetworkTime.PICOS_PER_SECOND;
    return PairHandle.newBuilder()
        .setSessionId(half.flow().value())
        .setPair(Vocabulary.toProto(half.pair()))
        .setBellIndex(Vocabulary.toProto(half.bellIndex()))
        .setCreated(Vocabulary.toProto(half.created()))
        .setDeadline(Vocabulary.toProto(half.deadline()))
        .setStateNow(Vocabulary.toProto(half.prediction().aged(seconds, seconds)))
        .setNow(Vocabulary.toProto(asOf))
        .setPrediction(Vocabulary.toProto(half.prediction()));
  }

  /// IllegalArgumentException names the field that is wrong.
  static Direction direction(MeasurePairRequest request) {
    return switch (request.getAlongCase()) {
      case BASIS -> Direction.of(Vocabulary.fromProto(request.getBasis()));
      case DIRECTION -> Vocabulary.fromProto(request.getDirection());
      case ALONG_NOT_SET ->
          throw new IllegalArgumentException("along (none) must be a basis or a direction");
    };
  }
}
