package net.bellwether.agent.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bellwether.agent.kept.KeptEvent;
import net.bellwether.agent.kept.KeptEvent.Reason;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.time.NetworkTime;

/// The halves that applications hold at this node, of all flows; they outlive their rounds and
/// generations. Whatever ends one without a measurement is told to the peer, which releases its
/// own; a deadline is not, for both ends have it. Bounded by the memory qubits of the device.
final class Keeper {
  private final Bench bench;
  private final Map<PairId, Kept> halves = new LinkedHashMap<>();
  private NetworkTime now = NetworkTime.startOfFrame(0);

  Keeper(Bench bench) {
    this.bench = bench;
  }

  /// Takes over a half that both ends keep.
  void take(Kept kept) {
    halves.put(kept.half.pair(), kept);
    bench.effects.tell(new KeptEvent.Handed(kept.half));
  }

  /// Measures a half as of now.
  void measure(PairId pair, Direction direction) {
    Kept kept = halves.get(pair);
    if (kept == null || kept.measuring) {
      bench.effects.tell(new KeptEvent.Ended(pair, Reason.NOT_HELD));
      return;
    }
    NetworkTime stamp = stamp(kept);
    if (stamp.compareTo(kept.half.deadline()) > 0) {
      end(kept, Reason.DEADLINE);
      return;
    }
    kept.measuring = true;
    // Only one end corrects, or the two corrections would cancel.
    boolean corrects = bench.node.compareTo(kept.rule.peer()) > 0;
    long tag = bench.pending.add(new Operation.MeasuringKept(kept, stamp));
    bench.effects.command(
        new DeviceCommand.MeasureAlong(tag, stamp, pair, kept.corrected(direction, corrects)));
  }

  void measured(Operation.MeasuringKept operation, DeviceOutcome outcome) {
    Kept kept = operation.kept();
    if (!outcome.done()) {
      release(kept, operation.stamp(), Reason.LOST);
      return;
    }
    forget(kept);
    bench.effects.tell(
        new KeptEvent.Measured(kept.half.pair(), outcome.outcome(), operation.stamp()));
  }

  /// Gives a half up; one that is not held stays so.
  void release(PairId pair) {
    Kept kept = halves.get(pair);
    if (kept == null || kept.measuring) {
      bench.effects.tell(new KeptEvent.Ended(pair, Reason.NOT_HELD));
    } else {
      release(kept, stamp(kept), Reason.RELEASED);
    }
  }

  private void release(Kept kept, NetworkTime stamp, Reason reason) {
    bench.effects.command(
        new DeviceCommand.Release(DeviceCommand.UNTAGGED, stamp, kept.half.pair()));
    tellPeer(kept, stamp);
    end(kept, reason);
  }

  private void tellPeer(Kept kept, NetworkTime stamp) {
    bench.effects.send(
        kept.rule.peer(),
        new PairMessage.KeepNotice(kept.header.at(stamp), kept.half.pair(), false));
  }

  private void end(Kept kept, Reason reason) {
    forget(kept);
    bench.effects.tell(new KeptEvent.Ended(kept.half.pair(), reason));
  }

  private void forget(Kept kept) {
    kept.gone = true;
    halves.remove(kept.half.pair());
    bench.keptQubitCount--;
  }

  private NetworkTime stamp(Kept kept) {
    return NetworkTime.later(now, kept.half.created());
  }

  /// Whether the notice is about a half that is held here; then it was followed.
  boolean heard(NodeId sender, PairMessage.KeepNotice notice) {
    Kept kept = halves.get(notice.pair());
    if (kept == null || !kept.rule.peer().equals(sender)) {
      return false;
    }
    // A measurement that is under way was made while both halves were there.
    if (!notice.kept() && !kept.measuring) {
      bench.effects.command(
          new DeviceCommand.Release(DeviceCommand.UNTAGGED, stamp(kept), notice.pair()));
      end(kept, Reason.PEER_RELEASED);
    }
    return true;
  }

  /// It is `complete` by the device's reports; the device has dropped what is past its deadline.
  void advance(NetworkTime complete) {
    now = NetworkTime.later(now, complete);
    List<Kept> expired = new ArrayList<>();
    for (Kept kept : halves.values()) {
      if (!kept.measuring && kept.half.deadline().compareTo(now) < 0) {
        expired.add(kept);
      }
    }
    bench.keptExpiredCount += expired.size();
    expired.forEach(kept -> end(kept, Reason.DEADLINE));
  }

  /// It is earlier than it was; nothing may be held.
  void goBack(NetworkTime earlier) {
    now = earlier;
  }

  /// The device has lost whatever it held.
  void deviceLost() {
    for (Kept kept : List.copyOf(halves.values())) {
      tellPeer(kept, stamp(kept));
      end(kept, Reason.LOST);
    }
  }
}
