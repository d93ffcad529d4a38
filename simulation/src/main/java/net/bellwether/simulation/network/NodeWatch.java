package net.bellwether.simulation.network;

import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.Herald;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.agent.engine.TestOutcome;
import net.bellwether.topology.id.FlowId;

/// Sees everything that passes between one rule engine and its surroundings, in order. What it does
/// not care for it leaves out.
public interface NodeWatch {
  /// The node is about to learn of a pair.
  default void heralded(Herald herald) {}

  /// The node is about to read a peer's message.
  default void received(PairMessage message) {}

  /// The hardware has carried out a command, or refused it.
  default void commanded(DeviceCommand command, boolean done) {}

  /// A pair of a session is finished.
  default void delivered(DeliveredPair pair) {}

  /// The node has forgotten a generation that was superseded or removed.
  default void forgotten(FlowId flow, long generation) {}

  /// A link test pair is finished.
  default void tested(TestOutcome outcome) {}
}
