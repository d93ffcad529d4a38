package net.bellwether.agent.engine;

import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.time.NetworkTime;

/// One operation on qubits held at this node. `tag` comes back in the outcome; `stamp` is the
/// network time at which the operation takes effect.
public sealed interface DeviceCommand {
  /// Tag of commands whose outcome nobody waits for.
  long UNTAGGED = 0;

  long tag();

  NetworkTime stamp();

  /// Bell-state measurement on this node's halves of two pairs; what is left is `result`.
  record Swap(long tag, NetworkTime stamp, PairId left, PairId right, PairId result)
      implements DeviceCommand {}

  /// This node's half of a purification: gate on both halves, then measurement of `sacrificed`.
  record Purify(
      long tag, NetworkTime stamp, PairId kept, PairId sacrificed, PurificationProtocol protocol)
      implements DeviceCommand {}

  /// Measurement of this node's half.
  record Measure(long tag, NetworkTime stamp, PairId pair, Basis basis) implements DeviceCommand {}

  /// Measurement of this node's half along any direction.
  record MeasureAlong(long tag, NetworkTime stamp, PairId pair, Direction direction)
      implements DeviceCommand {}

  /// Moves this node's half to a memory qubit, where it stays beyond the end of its round, until
  /// `deadline`.
  record Keep(long tag, NetworkTime stamp, PairId pair, NetworkTime deadline)
      implements DeviceCommand {}

  /// This node's half is not needed any more.
  record Release(long tag, NetworkTime stamp, PairId pair) implements DeviceCommand {}
}
