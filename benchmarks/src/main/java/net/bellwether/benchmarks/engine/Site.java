package net.bellwether.benchmarks.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import net.bellwether.agent.engine.AttemptRequest;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.DeviceOutcome;
import net.bellwether.agent.engine.Effects;
import net.bellwether.agent.engine.Herald;
import net.bellwether.agent.engine.Installation;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.agent.engine.RuleEngine;
import net.bellwether.agent.engine.TestOutcome;
import net.bellwether.agent.kept.KeptEvent;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.topology.time.NetworkTime;

/// One node: its engine, a device that does at once whatever it is told, and what peers have sent.
final class Site implements Effects {
  final NodeId node;
  private final RuleEngine engine;
  private final Map<NodeId, Site> sites;
  private final Map<NodeId, List<PairMessage>> inboxes = new LinkedHashMap<>();
  private List<DeviceOutcome> outcomes = new ArrayList<>();
  long transitions;
  long deliveredCount;

  Site(NodeId node, RandomGenerator random, Map<NodeId, Site> sites) {
    this.node = node;
    this.sites = sites;
    this.engine = new RuleEngine(node, 1, random, this);
  }

  void install(RuleSet rules, long frame) {
    engine.attached(NetworkTime.startOfFrame(frame), 1_000, Map.of());
    if (!(engine.prepare(rules) instanceof Installation.Accepted)
        || !(engine.activate(rules.flow(), rules.generation(), frame)
            instanceof Installation.Accepted)) {
      throw new IllegalStateException("rules of " + node + " must be accepted");
    }
  }

  void heralds(List<Herald> heralds) {
    transitions += heralds.size();
    engine.heralds(heralds);
  }

  void settle(NetworkTime completeUntil) {
    engine.settle(completeUntil);
  }

  /// Takes in what device and peers have for it; whether there was anything.
  boolean work() {
    boolean busy = !outcomes.isEmpty();
    if (busy) {
      List<DeviceOutcome> now = outcomes;
      outcomes = new ArrayList<>();
      transitions += now.size();
      engine.outcomes(now);
    }
    for (Map.Entry<NodeId, List<PairMessage>> inbox : inboxes.entrySet()) {
      List<PairMessage> now = inbox.getValue();
      if (!now.isEmpty()) {
        inbox.setValue(new ArrayList<>());
        transitions += now.size();
        engine.receive(inbox.getKey(), now);
        busy = true;
      }
    }
    return busy;
  }

  @Override
  public void command(DeviceCommand command) {
    switch (command) {
      case DeviceCommand.Swap swap ->
          outcomes.add(DeviceOutcome.swapped(swap.tag(), true, Pauli.I));
      case DeviceCommand.Purify purify -> outcomes.add(DeviceOutcome.measured(purify.tag(), false));
      case DeviceCommand.Measure measure ->
          outcomes.add(DeviceOutcome.measured(measure.tag(), false));
      case DeviceCommand.Keep _, DeviceCommand.MeasureAlong _ ->
          throw new IllegalStateException("nothing is kept: " + command);
      case DeviceCommand.Release _ -> {}
    }
  }

  @Override
  public void send(NodeId peer, PairMessage message) {
    Objects.requireNonNull(sites.get(peer))
        .inboxes
        .computeIfAbsent(node, _ -> new ArrayList<>())
        .add(message);
  }

  @Override
  public void deliver(DeliveredPair pair) {
    deliveredCount++;
  }

  @Override
  public void tell(KeptEvent event) {
    throw new IllegalStateException("nothing is kept: " + event);
  }

  @Override
  public void report(TestOutcome outcome) {
    throw new IllegalStateException("no link test runs");
  }

  @Override
  public void schedule(List<AttemptRequest> requests) {}

  @Override
  public void forget(FlowId flow, long generation) {}
}
