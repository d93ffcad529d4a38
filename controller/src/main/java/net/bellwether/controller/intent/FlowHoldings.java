package net.bellwether.controller.intent;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import net.bellwether.controller.state.ControlState;
import net.bellwether.controller.state.Flow;
import net.bellwether.controller.state.Generation;
import net.bellwether.controller.state.Purpose;
import net.bellwether.scheduler.Holding;
import net.bellwether.scheduler.Timetable;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;

/// What flows hold of a network, all generations that nodes may still run. Remembers it for every
/// flow as long as flow and network are the same, so that a request beside 10,000 sessions looks at
/// each of them and works out none. Not thread-safe.
final class FlowHoldings {
  private record Entry(Flow flow, SequencedMap<FlowId, Holding> holdings) {}

  private final Map<FlowId, Entry> entries = new HashMap<>();
  private final Network network;
  private final NetworkView declared;

  FlowHoldings(Network network) {
    this.network = network;
    this.declared = NetworkView.declared(network);
  }

  boolean isOf(Network other) {
    return network.equals(other);
  }

  /// The timetable of all flows of `state` but `self`: a flow's own old rounds end where its new
  /// ones begin.
  Timetable timetable(ControlState state, Optional<FlowId> self) {
    if (entries.size() > state.flows().size()) {
      entries.keySet().retainAll(state.flows().keySet());
    }
    SequencedMap<FlowId, Holding> all = new LinkedHashMap<>();
    for (Flow flow : state.flows().values()) {
      if (!self.equals(Optional.of(flow.id()))) {
        all.putAll(of(flow));
      }
    }
    return Timetable.of(all);
  }

  private SequencedMap<FlowId, Holding> of(Flow flow) {
    Entry entry = entries.get(flow.id());
    if (entry == null || !entry.flow().equals(flow)) {
      entry = new Entry(flow, workedOut(flow));
      entries.put(flow.id(), entry);
    }
    return entry.holdings();
  }

  private SequencedMap<FlowId, Holding> workedOut(Flow flow) {
    SequencedMap<FlowId, Holding> holdings = new LinkedHashMap<>();
    for (Generation generation : flow.generations()) {
      if (generation.purpose() instanceof Purpose.Route route) {
        FlowId name = FlowId.of(flow.id() + "-g" + generation.number());
        if (isAsDeclared(generation, route)) {
          holdings.put(name, Holding.of(route.plan(), route.grant(), declared));
        } else {
          addInstalled(name, generation, holdings);
        }
      }
    }
    return holdings;
  }

  /// Whether the topology in force declares what the generation runs on as it was compiled for.
  private boolean isAsDeclared(Generation generation, Purpose.Route route) {
    SequencedMap<LinkId, Held> attempts = attempts(generation);
    if (!attempts.values().stream().allMatch(this::isDeclared)) {
      return false;
    }
    StagedPlan staged = StagedPlan.of(route.plan(), declared);
    return staged.links().stream()
        .map(LinkMode::link)
        .allMatch(link -> {
          Held held = attempts.get(link);
          return held != null
              && held.multiplexing() == staged.modes(link, route.grant().memoryShare());
        });
  }

  private boolean isDeclared(Held held) {
    return held.modes().stream()
        .allMatch(mode ->
            declared
                .findLinkMode(held.link(), mode)
                .filter(found ->
                    held.multiplexing() <= found.multiplexing()
                        && found.peerOf(held.peer()).equals(held.node())
                        && found.peerOf(held.node()).equals(held.peer()))
                .isPresent());
  }

  /// An older generation that a newer topology no longer describes still takes time of its links
  /// and qubits of its nodes, as its rules say, until nodes have forgotten it.
  private static void addInstalled(
      FlowId name, Generation generation, SequencedMap<FlowId, Holding> holdings) {
    int index = 0;
    for (Held attempt : attempts(generation).values()) {
      SequencedMap<NodeId, Integer> qubits = new LinkedHashMap<>();
      qubits.put(attempt.node(), attempt.multiplexing());
      qubits.put(attempt.peer(), attempt.multiplexing());
      holdings.put(
          FlowId.of(name + "-" + ++index),
          new Holding(attempt.rounds(), List.of(attempt.link()), qubits));
    }
  }

  /// What rules take of one link, all stages together.
  private record Held(
      LinkId link, List<String> modes, NodeId node, NodeId peer, int multiplexing, Rounds rounds) {
    Held plus(Held other) {
      // The other end's rules say the same again.
      return node.equals(other.node)
          ? new Held(
              link,
              Stream.concat(modes.stream(), other.modes.stream()).distinct().toList(),
              node,
              peer,
              multiplexing + other.multiplexing,
              rounds)
          : this;
    }
  }

  private static SequencedMap<LinkId, Held> attempts(Generation generation) {
    SequencedMap<LinkId, Held> attempts = new LinkedHashMap<>();
    for (RuleSet rules : generation.ruleSets().values()) {
      for (Rule rule : rules.rules()) {
        if (rule instanceof Rule.Attempt(_, var link, var mode, int multiplexing, var peer)) {
          attempts.merge(
              link,
              new Held(link, List.of(mode), rules.node(), peer, multiplexing, rules.rounds()),
              Held::plus);
        }
      }
    }
    return attempts;
  }
}
