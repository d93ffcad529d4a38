package net.bellwether.emulator.nature;

import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.time.NetworkTime;

/// An operation of one node on its halves of pairs. `stamp` is the network time at which the
/// hardware did it; `tag` comes back in the outcome.
public sealed interface Command {
  long tag();

  NetworkTime stamp();

  /// The same command by a clock that is `picos` ahead; not before the beginning of time.
  default Command shifted(long picos) {
    if (picos == 0) {
      return this;
    }
    NetworkTime at = shifted(stamp(), picos);
    return switch (this) {
      case Swap swap -> new Swap(swap.tag, at, swap.left, swap.right, swap.result);
      case Purify purify ->
          new Purify(purify.tag, at, purify.kept, purify.sacrificed, purify.protocol);
      case Measure measure -> new Measure(measure.tag, at, measure.pair, measure.basis);
      case MeasureAlong along -> new MeasureAlong(along.tag, at, along.pair, along.direction);
      case Keep keep -> new Keep(keep.tag, at, keep.pair, shifted(keep.deadline, picos));
      case Release release -> new Release(release.tag, at, release.pair);
    };
  }

  private static NetworkTime shifted(NetworkTime time, long picos) {
    long frames = Math.floorDiv(time.picos() + picos, NetworkTime.FRAME_PICOS);
    return time.frame() + frames < 0 ? NetworkTime.startOfFrame(0) : time.plusPicos(picos);
  }

  /// Bell-state measurement of this node's halves; the far halves become the pair `result`.
  record Swap(long tag, NetworkTime stamp, PairId left, PairId right, PairId.Swapped result)
      implements Command {}

  /// This node's gate between the two pairs and the measurement of the sacrificed half.
  record Purify(
      long tag, NetworkTime stamp, PairId kept, PairId sacrificed, PurificationProtocol protocol)
      implements Command {}

  /// Measurement of this node's half.
  record Measure(long tag, NetworkTime stamp, PairId pair, Basis basis) implements Command {}

  /// Measurement of this node's half along any direction.
  record MeasureAlong(long tag, NetworkTime stamp, PairId pair, Direction direction)
      implements Command {}

  /// This node's half stays in its memory qubit beyond the end of its round, until `deadline`.
  record Keep(long tag, NetworkTime stamp, PairId pair, NetworkTime deadline) implements Command {}

  /// This node needs its half no more.
  record Release(long tag, NetworkTime stamp, PairId pair) implements Command {}
}
