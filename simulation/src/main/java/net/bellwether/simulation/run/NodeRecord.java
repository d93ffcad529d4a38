package net.bellwether.simulation.run;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.Herald;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.agent.engine.TestOutcome;
import net.bellwether.simulation.network.NodeWatch;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.time.NetworkTime;

/// What happened at one node: counts, its qubits in use, and of the sessions that end there the
/// finished pairs with how long they waited since their herald.
final class NodeRecord implements NodeWatch {
  /// Pairs of rounds that ended longer ago are settled.
  private static final long REMEMBERED_FRAMES = 25;

  private final QubitUse qubits = new QubitUse();
  private final SequencedMap<PairId, NetworkTime> heraldedAt = new LinkedHashMap<>();
  private final TreeMap<FlowId, List<Finished>> finished = new TreeMap<>();
  private final List<TestOutcome> tested = new ArrayList<>();
  private long heraldCount;
  private long commandCount;
  private long refusedCount;

  /// A finished pair and the time from the herald of this node's half, negative where unknown.
  record Finished(DeliveredPair pair, long waitedPicos) {}

  /// A session ends at this node.
  void endsHere(FlowId session) {
    finished.computeIfAbsent(session, _ -> new ArrayList<>());
  }

  @Override
  public void heralded(Herald herald) {
    heraldCount++;
    qubits.taken(herald.time());
    if (finished.containsKey(herald.flow())) {
      heraldedAt.put(herald.pair(), herald.time());
    }
  }

  @Override
  public void received(PairMessage message) {
    if (message instanceof PairMessage.SwapNotice notice && notice.succeeded()) {
      NetworkTime at = heraldedAt.remove(notice.consumed());
      if (at != null) {
        heraldedAt.put(notice.result(), at);
      }
    }
  }

  @Override
  public void commanded(DeviceCommand command, boolean done) {
    commandCount++;
    if (!done && command.tag() != DeviceCommand.UNTAGGED) {
      refusedCount++;
      return;
    }
    switch (command) {
      case DeviceCommand.Swap swap -> {
        qubits.freed(swap.stamp());
        qubits.freed(swap.stamp());
      }
      case DeviceCommand.Purify purify -> qubits.freed(purify.stamp());
      case DeviceCommand.Measure measure -> qubits.freed(measure.stamp());
      case DeviceCommand.Release release -> qubits.freed(release.stamp());
      // What moves to a memory qubit frees the one it was heralded to, and is measured there.
      case DeviceCommand.Keep keep -> qubits.freed(keep.stamp());
      case DeviceCommand.MeasureAlong _ -> {}
    }
  }

  @Override
  public void delivered(DeliveredPair pair) {
    NetworkTime at = heraldedAt.remove(pair.pair());
    List<Finished> ofSession = finished.get(pair.flow());
    if (ofSession != null) {
      ofSession.add(new Finished(pair, at == null ? -1 : pair.time().picosSince(at)));
    }
  }

  @Override
  public void tested(TestOutcome outcome) {
    tested.add(outcome);
  }

  /// All frames before `frame` have passed.
  void passed(long frame) {
    qubits.passed(frame);
    Iterator<NetworkTime> oldest = heraldedAt.values().iterator();
    while (oldest.hasNext() && oldest.next().frame() < frame - REMEMBERED_FRAMES) {
      oldest.remove();
    }
  }

  /// Pairs of a session finished since the last call.
  List<Finished> takeFinished(FlowId session) {
    List<Finished> ofSession = finished.get(session);
    if (ofSession == null || ofSession.isEmpty()) {
      return List.of();
    }
    List<Finished> taken = List.copyOf(ofSession);
    ofSession.clear();
    return taken;
  }

  /// Link test outcomes since the last call.
  List<TestOutcome> takeTested() {
    List<TestOutcome> taken = List.copyOf(tested);
    tested.clear();
    return taken;
  }

  QubitUse qubits() {
    return qubits;
  }

  long heraldCount() {
    return heraldCount;
  }

  long commandCount() {
    return commandCount;
  }

  /// Commands that the hardware refused, releases apart.
  long refusedCount() {
    return refusedCount;
  }
}
