package net.bellwether.agent.engine;

import java.util.List;
import net.bellwether.agent.kept.KeptEvent;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;

/// What the engine wants done, in order. Called on the thread that feeds the engine, before the
/// feeding call returns.
public interface Effects {
  /// Give `command` to the device, after all commands before it.
  void command(DeviceCommand command);

  /// Send `message` to the agent of `peer`, after all messages before it.
  void send(NodeId peer, PairMessage message);

  /// Hand a finished pair to key distillation.
  void deliver(DeliveredPair pair);

  /// Tell applications what becomes of a half that is kept for them.
  void tell(KeptEvent event);

  /// Report the outcome of a link test pair.
  void report(TestOutcome outcome);

  /// Replace the device's standing requests.
  void schedule(List<AttemptRequest> requests);

  /// A generation that was superseded is settled and forgotten.
  void forget(FlowId flow, long generation);
}
