package net.bellwether.scheduler;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Rounds;

/// What a flow holds: the time of `links` during `rounds`, and as long so many qubits of either
/// kind at nodes.
public record Holding(Rounds rounds, List<LinkId> links, SequencedMap<NodeId, Integer> qubits) {
  public Holding {
    links = List.copyOf(links);
    qubits = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(qubits));
  }

  /// What `plan` takes under `grant`. Refuses (IllegalArgumentException) what agents cannot run.
  public static Holding of(Plan plan, Grant grant, NetworkView view) {
    return of(StagedPlan.of(plan, view), grant);
  }

  static Holding of(StagedPlan plan, Grant grant) {
    return new Holding(
        grant.rounds(),
        plan.links().stream().map(LinkMode::link).toList(),
        qubits(plan, grant.memoryShare()));
  }

  /// Qubits of either kind that each node of the plan uses.
  static SequencedMap<NodeId, Integer> qubits(StagedPlan plan, double memoryShare) {
    SequencedMap<NodeId, Integer> qubits = new LinkedHashMap<>();
    for (NodeId node : plan.nodes()) {
      qubits.put(node, MemoryShare.modes(plan, node, memoryShare));
    }
    return qubits;
  }
}
