package net.bellwether.controller.grpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import net.bellwether.controller.engine.Snapshot;
import net.bellwether.controller.state.AgentFacts;
import net.bellwether.controller.state.AgentStatus;
import net.bellwether.controller.state.ClockOffset;
import net.bellwether.controller.tracker.ClockJudge;
import net.bellwether.controller.tracker.ClockVerdict;
import net.bellwether.topology.Link;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.NodeStatus;
import net.bellwether.v1.QubitCounts;
import net.bellwether.wire.BuildVersion;
import org.jspecify.annotations.Nullable;

/// Declared nodes beside what their agents report.
final class NodeStatuses {
  private NodeStatuses() {}

  static List<NodeStatus> of(Snapshot snapshot) {
    List<NodeStatus> statuses = new ArrayList<>();
    Network network = snapshot.state().findNetwork().orElse(null);
    if (network != null) {
      for (Node node : network.nodes().values()) {
        @Nullable AgentStatus agent = snapshot.agents().get(node.id());
        NodeStatus.Builder status = status(snapshot, node.id(), agent).setRole(role(node.role()));
        status.addAllDifferences(
            agent == null
                ? List.of(neverConnected(snapshot, node.id()))
                : differences(network, node, agent.facts()));
        statuses.add(status.build());
      }
    }
    for (AgentStatus agent : snapshot.agents().values()) {
      boolean declared = network != null && network.findNode(agent.node()).isPresent();
      if (!declared && agent.connected()) {
        statuses.add(
            status(snapshot, agent.node(), agent)
                .addDifferences("connected, but not a node of the topology")
                .build());
      }
    }
    return statuses;
  }

  private static NodeStatus.Builder status(
      Snapshot snapshot, NodeId node, @Nullable AgentStatus agent) {
    NodeStatus.Builder status = NodeStatus.newBuilder().setNode(node.value());
    if (agent != null) {
      long flows =
          agent.installed().keySet().stream().map(AgentStatus.Held::flow).distinct().count();
      status
          .setConnected(agent.connected())
          .setAgentVersion(agent.facts().version())
          .setInstalledFlows(Math.toIntExact(flows))
          .setKeyEndpoint(agent.facts().keyEndpoint());
      agent
          .qubits()
          .ifPresent(use ->
              status.setQubits(
                  QubitCounts.newBuilder()
                      .setFree(use.free())
                      .setGenerating(use.generating())
                      .setHolding(use.holding())
                      .setWaiting(use.waiting())
                      .setKept(use.kept())));
      agent
          .clocks()
          .forEach((peer, offset) -> status.addClocks(offset(offset).setPeer(peer.value())));
    }
    ClockVerdict verdict = snapshot.clocks().get(node);
    if (verdict != null) {
      status.setClock(offset(verdict.offset()));
      if (verdict.outOfBound()) {
        status.addConditions(outOfBound(verdict.offset()));
      }
    }
    return status;
  }

  private static net.bellwether.v1.ClockOffset.Builder offset(ClockOffset offset) {
    return net.bellwether.v1.ClockOffset.newBuilder()
        .setOffsetNanos(offset.offsetNanos())
        .setUncertaintyNanos(offset.uncertaintyNanos());
  }

  private static String outOfBound(ClockOffset offset) {
    return String.format(
        Locale.ROOT,
        "not scheduled: its clock is %.1f ms %s the network's, the bound is %d ms",
        Math.abs(offset.offsetNanos()) / 1e6,
        offset.offsetNanos() > 0 ? "ahead of" : "behind",
        ClockJudge.BOUND_NANOS / 1_000_000);
  }

  private static String neverConnected(Snapshot snapshot, NodeId node) {
    return snapshot.state().agents().containsKey(node)
        ? "its agent has not connected since the controller started"
        : "its agent has never connected";
  }

  private static List<String> differences(Network network, Node node, AgentFacts facts) {
    List<String> differences = new ArrayList<>();
    addCount(
        "communication qubits",
        node.communicationQubits().count(),
        facts.communicationQubits(),
        differences);
    addCount("memory qubits", node.memoryQubits().count(), facts.memoryQubits(), differences);
    TreeSet<String> declared = new TreeSet<>();
    for (Link link : network.links().values()) {
      if (link.a().equals(node.id()) || link.b().equals(node.id())) {
        declared.add(link.id().value());
      }
    }
    TreeSet<String> missing = new TreeSet<>(declared);
    facts.links().forEach(missing::remove);
    missing.forEach(
        link -> differences.add("link " + link + " is declared, its device does not have it"));
    TreeSet<String> surplus = new TreeSet<>(facts.links());
    surplus.removeAll(declared);
    surplus.forEach(link -> differences.add("link " + link + " is at its device, not declared"));
    if (facts.driver().isEmpty()) {
      differences.add("its agent reports no device driver");
    }
    if (!facts.version().equals(BuildVersion.current())) {
      differences.add(
          "agent version %s, controller version %s"
              .formatted(facts.version(), BuildVersion.current()));
    }
    return differences;
  }

  private static void addCount(String what, int declared, int reported, List<String> differences) {
    if (declared != reported) {
      differences.add("%d %s declared, %d reported".formatted(declared, what, reported));
    }
  }

  private static String role(NodeRole role) {
    return switch (role) {
      case END_NODE -> "end-node";
      case REPEATER -> "repeater";
      case TRUSTED_NODE -> "trusted-node";
    };
  }
}
