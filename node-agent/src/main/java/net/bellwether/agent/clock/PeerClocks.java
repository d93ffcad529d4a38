package net.bellwether.agent.clock;

import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;

/// The network clock of this node, and how far those of its peers are from it. Takes monotonic time
/// (nanoseconds) as an argument and sends nothing itself. Bounded by the peers that are asked.
///
/// Safe for use by several threads.
public final class PeerClocks {
  private final InterpolatedClock own = new InterpolatedClock();
  private final SequencedMap<NodeId, Peer> peers = new TreeMap<>();
  private long lastNumber;

  private static final class Peer {
    final OffsetEstimator estimator = new OffsetEstimator();
    long number;
    long askedNanos;
    boolean answered;
  }

  /// The device reported at `nanos` that it is `time`.
  public synchronized void told(NetworkTime time, long nanos) {
    own.told(time, nanos);
  }

  /// The device is gone, or another: neither its time nor what was measured by it holds any more.
  public synchronized void forget() {
    own.forget();
    peers.clear();
  }

  /// The node's network time at `nanos`; none where its device does not tell.
  public synchronized Optional<NetworkTime> findNow(long nanos) {
    return own.findNow(nanos);
  }

  /// A question is on its way to `peer` from `nanos` on; the number that it carries. Only the
  /// answer to the last question counts.
  public synchronized long ask(NodeId peer, long nanos) {
    Peer asked = peers.computeIfAbsent(peer, _ -> new Peer());
    asked.number = ++lastNumber;
    asked.askedNanos = nanos;
    asked.answered = false;
    return asked.number;
  }

  /// At `nanos` came the answer of `peer` to the question `number`: it was `time` there.
  public synchronized void answered(NodeId peer, long number, NetworkTime time, long nanos) {
    Peer asked = peers.get(peer);
    Optional<NetworkTime> now = own.findNow(nanos);
    if (asked != null && asked.number == number && !asked.answered && now.isPresent()) {
      asked.answered = true;
      asked.estimator.exchanged(asked.askedNanos, nanos, now.get(), time);
    }
  }

  /// The offsets of all peers that have answered lately, as of `nanos`.
  public synchronized SequencedMap<NodeId, ClockOffset> offsets(long nanos) {
    SequencedMap<NodeId, ClockOffset> offsets = new TreeMap<>();
    if (own.findNow(nanos).isPresent()) {
      peers.forEach((peer, known) ->
          known.estimator.find(nanos).ifPresent(offset -> offsets.put(peer, offset)));
    }
    return offsets;
  }
}
