package net.bellwether.agent.distill;

import java.util.List;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.topology.time.NetworkTime;

/// One end of distillation over one stream.
///
/// Not thread-safe; every call returns what is to be done, in order. Throws [ProtocolViolation] on
/// a frame that does not fit; the machine is then of no further use.
public sealed interface Distillation permits DistillationLeader, DistillationFollower {
  /// Takes this end's outcomes; see [net.bellwether.agent.engine.DeliveredPairs].
  List<DistillationEffect> accept(List<DeliveredPair> pairs, NetworkTime settledUntil);

  /// Takes a frame of the other end.
  List<DistillationEffect> receive(byte[] frame);

  /// The finished block is durable here.
  List<DistillationEffect> stored(long block);
}
