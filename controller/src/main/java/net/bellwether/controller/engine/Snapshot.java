package net.bellwether.controller.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.controller.intent.Assessment;
import net.bellwether.controller.state.AgentStatus;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.tracker.Achieved;
import net.bellwether.controller.tracker.ClockVerdict;
import net.bellwether.controller.tracker.LinkEstimate;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;

/// Everything readers may see, as of one moment. `version` rises with every snapshot.
public record Snapshot(
    long version,
    ControlState state,
    NetworkView view,
    SequencedMap<NodeId, AgentStatus> agents,
    List<LinkEstimate> estimates,
    SequencedMap<FlowId, Assessment> assessments,
    SequencedMap<FlowId, Achieved> achieved,
    SequencedMap<NodeId, ClockVerdict> clocks,
    long frame) {
  public Snapshot {
    agents = Collections.unmodifiableSequencedMap(new TreeMap<>(agents));
    estimates = List.copyOf(estimates);
    assessments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(assessments));
    clocks = Collections.unmodifiableSequencedMap(new TreeMap<>(clocks));
    achieved = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(achieved));
  }

  public Optional<Assessment> findAssessment(FlowId session) {
    return Optional.ofNullable(assessments.get(session));
  }

  public Optional<Achieved> findAchieved(FlowId session) {
    return Optional.ofNullable(achieved.get(session));
  }
}
