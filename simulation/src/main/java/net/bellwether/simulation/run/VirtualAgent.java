package net.bellwether.simulation.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.bellwether.agent.clock.PeerClocks;
import net.bellwether.agent.engine.FlowCount;
import net.bellwether.agent.engine.Installation;
import net.bellwether.agent.engine.InstalledGeneration;
import net.bellwether.agent.engine.RuleEngine;
import net.bellwether.agent.engine.TestOutcome;
import net.bellwether.controller.engine.AgentEvent;
import net.bellwether.controller.engine.Telemetry;
import net.bellwether.controller.reconcile.Order;
import net.bellwether.controller.state.AgentFacts;
import net.bellwether.controller.state.AgentStatus.Held;
import net.bellwether.controller.state.ClockOffset;
import net.bellwether.controller.state.QubitUse;
import net.bellwether.simulation.network.VirtualNode;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.OutcomeFrame;

/// The agent of one node towards the controller: carries out its orders on the rule engine and
/// reports, as the control desk and the telemetry of `node-agent` do over the wire.
final class VirtualAgent {
  private final VirtualNode node;
  private final Network network;
  private final KeyRoom keys;
  private final NodeRecord record = new NodeRecord();
  private final PeerClocks clocks = new PeerClocks();

  VirtualAgent(VirtualNode node, Network network, KeyRoom keys) {
    this.node = node;
    this.network = network;
    this.keys = keys;
    node.watchBy(record);
  }

  NodeId id() {
    return node.id();
  }

  RuleEngine engine() {
    return node.engine();
  }

  NodeRecord record() {
    return record;
  }

  /// What it says first.
  List<AgentEvent> greeting() {
    Node declared = network.node(id());
    List<String> links =
        network.links().values().stream()
            .filter(link -> link.a().equals(id()) || link.b().equals(id()))
            .map(link -> link.id().value())
            .toList();
    AgentFacts facts =
        new AgentFacts(
            "simulated",
            declared.communicationQubits().count(),
            declared.memoryQubits().count(),
            links,
            "simulated",
            id() + ":1",
            "",
            engine().completeUntil());
    return List.of(new AgentEvent.Connected(id(), facts), installed());
  }

  /// Carries out an order; what it answers.
  List<AgentEvent> obey(Order order) {
    return switch (order) {
      case Order.Prepare(var rules, var _) -> {
        Held held = new Held(rules.flow(), rules.generation());
        yield List.of(
            switch (engine().prepare(rules)) {
              case Installation.Accepted() -> new AgentEvent.Prepared(id(), held, true, "");
              case Installation.Refused(String reason) ->
                  new AgentEvent.Prepared(id(), held, false, reason);
            });
      }
      case Order.Activate(FlowId flow, long generation, long frame) ->
          engine().activate(flow, generation, frame) instanceof Installation.Refused
              ? List.of(installed())
              : List.of();
      case Order.Remove(FlowId flow, long upToGeneration) -> {
        engine().remove(flow, upToGeneration);
        yield List.of(installed());
      }
      case Order.Keys told -> {
        record.endsHere(told.session());
        keys.tell(id(), told);
        yield List.of();
      }
    };
  }

  private AgentEvent installed() {
    SequencedMap<Held, Long> held = new TreeMap<>();
    for (InstalledGeneration generation : engine().installed()) {
      held.put(
          new Held(generation.ruleSet().flow(), generation.ruleSet().generation()),
          generation.activeFromFrame());
    }
    return new AgentEvent.Reported(id(), held);
  }

  /// Its device has told the time, at `nanos` of everybody's monotonic clock.
  void toldTime(long nanos) {
    clocks.told(node.deviceTime(), nanos);
  }

  /// Asks the agent at the other end of a link for the time, and has the answer at once.
  void askClock(VirtualAgent peer, long nanos) {
    long number = clocks.ask(peer.id(), nanos);
    peer.clocks.findNow(nanos).ifPresent(time -> clocks.answered(peer.id(), number, time, nanos));
  }

  /// What it has measured since its last report, as of `nanos`.
  AgentEvent report(long nanos) {
    SequencedMap<NodeId, ClockOffset> offsets = new TreeMap<>();
    clocks
        .offsets(nanos)
        .forEach((peer, offset) ->
            offsets.put(peer, new ClockOffset(offset.offsetNanos(), offset.uncertaintyNanos())));
    List<Telemetry.Attempts> attempts = new ArrayList<>();
    List<Telemetry.Deliveries> deliveries = new ArrayList<>();
    for (FlowCount count : engine().takeCounts()) {
      for (FlowCount.LinkCount link : count.links()) {
        if (count.frameCount() > 0 || link.heraldCount() > 0) {
          attempts.add(
              new Telemetry.Attempts(
                  link.link(), link.mode(), link.attemptCount(), link.heraldCount()));
        }
      }
      if (count.settledFrameCount() > 0 || count.deliveredCount() > 0) {
        deliveries.add(
            new Telemetry.Deliveries(
                count.flow(),
                count.generation(),
                count.deliveredCount(),
                count.settledFrameCount()));
      }
    }
    return new AgentEvent.Measured(
        id(),
        new Telemetry(
            engine().completeUntil(),
            attempts,
            deliveries,
            tests(record.takeTested()),
            keys.stocks(id(), engine().completeUntil()),
            engine()
                .qubits()
                .map(count ->
                    new QubitUse(
                        count.free(),
                        count.generating(),
                        count.holding(),
                        count.waiting(),
                        engine().count().keptQubitCount())),
            offsets));
  }

  private record TestLine(LinkId link, String mode, long epoch) {}

  private static List<Telemetry.Tests> tests(List<TestOutcome> outcomes) {
    Map<TestLine, SequencedMap<Long, Boolean>> lines = new LinkedHashMap<>();
    for (TestOutcome outcome : outcomes) {
      TestLine line = new TestLine(outcome.pair().link(), outcome.mode(), outcome.pair().epoch());
      lines
          .computeIfAbsent(line, _ -> new TreeMap<>())
          .put(outcome.pair().sequence(), outcome.bit());
    }
    List<Telemetry.Tests> tests = new ArrayList<>();
    lines.forEach((line, bits) -> {
      OutcomeFrame.Writer frame = new OutcomeFrame.Writer();
      bits.forEach(frame::add);
      tests.add(new Telemetry.Tests(line.link(), line.mode(), line.epoch(), frame.frame()));
    });
    return tests;
  }
}
