package net.bellwether.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bellwether.agent.control.ControlDesk;
import net.bellwether.agent.control.Telemetry;
import net.bellwether.agent.device.QuantumDevice;
import net.bellwether.agent.engine.AttemptRequest;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.agent.engine.DeliveredPairs;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.Effects;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.agent.engine.TestOutcome;
import net.bellwether.agent.kept.KeptEvent;
import net.bellwether.agent.peer.PeerExchange;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// Gathers what the engine wants done in a batch of events, and does it at once.
final class BatchedEffects implements Effects {
  private final List<DeviceCommand> commands = new ArrayList<>();
  private final Map<NodeId, List<PairMessage>> messages = new LinkedHashMap<>();
  private final List<DeliveredPair> pairs = new ArrayList<>();
  private final List<KeptEvent> events = new ArrayList<>();
  private final List<TestOutcome> tests = new ArrayList<>();
  private final List<Forgotten> forgotten = new ArrayList<>();
  private @Nullable List<AttemptRequest> schedule;
  private NetworkTime toldSettled = NetworkTime.startOfFrame(0);

  private record Forgotten(FlowId flow, long generation) {}

  @Override
  public void command(DeviceCommand command) {
    commands.add(command);
  }

  @Override
  public void send(NodeId peer, PairMessage message) {
    messages.computeIfAbsent(peer, _ -> new ArrayList<>()).add(message);
  }

  @Override
  public void deliver(DeliveredPair pair) {
    pairs.add(pair);
  }

  @Override
  public void tell(KeptEvent event) {
    events.add(event);
  }

  /// What was told of kept halves since the last call.
  List<KeptEvent> takeEvents() {
    List<KeptEvent> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  @Override
  public void report(TestOutcome outcome) {
    tests.add(outcome);
  }

  @Override
  public void schedule(List<AttemptRequest> requests) {
    schedule = requests;
  }

  @Override
  public void forget(FlowId flow, long generation) {
    forgotten.add(new Forgotten(flow, generation));
  }

  void flush(
      QuantumDevice device,
      PeerExchange peers,
      DeliveredPairs keys,
      Telemetry telemetry,
      ControlDesk desk,
      NetworkTime settledUntil) {
    if (schedule != null) {
      device.schedule(schedule);
      schedule = null;
    }
    if (!commands.isEmpty()) {
      device.execute(List.copyOf(commands));
      commands.clear();
    }
    messages.forEach((peer, batch) -> peers.send(peer, batch));
    messages.clear();
    telemetry.add(tests);
    tests.clear();
    forgotten.forEach(gone -> desk.forgotten(gone.flow(), gone.generation()));
    forgotten.clear();
    if (!pairs.isEmpty() || settledUntil.compareTo(toldSettled) > 0) {
      toldSettled = settledUntil;
      List<DeliveredPair> delivered = List.copyOf(pairs);
      pairs.clear();
      keys.accept(delivered, settledUntil);
    }
  }
}
