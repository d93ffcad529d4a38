package net.bellwether.controller.engine;

import java.util.SequencedMap;
import net.bellwether.controller.state.AgentFacts;
import net.bellwether.controller.state.AgentStatus.Held;
import net.bellwether.topology.id.NodeId;

/// What happens on an agent's stream.
public sealed interface AgentEvent {
  NodeId node();

  /// It said hello.
  record Connected(NodeId node, AgentFacts facts) implements AgentEvent {}

  /// Its stream ended.
  record Disconnected(NodeId node) implements AgentEvent {}

  /// What it holds, with the frame each generation is active from (0: prepared only).
  record Reported(NodeId node, SequencedMap<Held, Long> held) implements AgentEvent {}

  /// Its answer to Prepare; `reason` where it did not accept.
  record Prepared(NodeId node, Held held, boolean accepted, String reason) implements AgentEvent {}

  /// What it measured.
  record Measured(NodeId node, Telemetry telemetry) implements AgentEvent {}
}
