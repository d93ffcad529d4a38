package net.bellwether.simulation.fault.promise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.topology.Network;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;

/// At every revision of the store, the rounds of all generations that nodes may still run fit the
/// modes of every link and the qubits of every node; and nature never finds more asked of it than
/// it has.
public final class LinkTimeAndQubitsAreNeverOverCommitted extends Promise {
  private record Use(FlowId flow, long generation, Rounds rounds, int modes) {}

  /// `state` is what the store holds from now on.
  public void committed(Network network, ControlState state) {
    Map<LinkId, List<Use>> links = new LinkedHashMap<>();
    Map<NodeId, List<Use>> nodes = new LinkedHashMap<>();
    for (Flow flow : state.flows().values()) {
      for (Generation generation : flow.generations()) {
        for (RuleSet rules : generation.ruleSets().values()) {
          add(network, rules, links, nodes);
        }
      }
    }
    links.forEach((link, uses) -> check("link " + link, uses, network.link(link).multiplexing()));
    nodes.forEach((node, uses) ->
        check("node " + node, uses, network.node(node).communicationQubits().count()));
  }

  private static void add(
      Network network, RuleSet rules, Map<LinkId, List<Use>> links, Map<NodeId, List<Use>> nodes) {
    for (Rule rule : rules.rules()) {
      if (rule instanceof Rule.Attempt attempt) {
        Use use = new Use(rules.flow(), rules.generation(), rules.rounds(), attempt.multiplexing());
        nodes.computeIfAbsent(rules.node(), _ -> new ArrayList<>()).add(use);
        // Once for both ends.
        if (network.link(attempt.link()).a().equals(rules.node())) {
          links.computeIfAbsent(attempt.link(), _ -> new ArrayList<>()).add(use);
        }
      }
    }
  }

  /// A flow's own generations follow each other in the same time, so the larger counts.
  private void check(String what, List<Use> uses, int available) {
    for (Use use : uses) {
      Map<FlowId, Map<Long, Integer>> meanwhile = new LinkedHashMap<>();
      for (Use other : uses) {
        // Of those that overlap, the ones under way when this one begins.
        if (other.rounds().startPicos() <= use.rounds().startPicos()
            && use.rounds().startPicos() < other.rounds().endPicos()) {
          meanwhile
              .computeIfAbsent(other.flow(), _ -> new LinkedHashMap<>())
              .merge(other.generation(), other.modes(), Integer::sum);
        }
      }
      int used =
          meanwhile.values().stream()
              .mapToInt(each -> each.values().stream().mapToInt(Integer::intValue).max().orElse(0))
              .sum();
      require(
          used <= available,
          "%s has %d modes or qubits, and %d are promised at %d ps of a frame, to %s",
          what,
          available,
          used,
          use.rounds().startPicos(),
          meanwhile.keySet());
    }
  }

  /// What nature was asked for beyond what it has.
  public void asked(Set<?> overcommitted) {
    require(overcommitted.isEmpty(), "nature is asked for more than it has: %s", overcommitted);
  }
}
