package net.bellwether.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.bellwether.agent.engine.AttemptTiming;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.Effects;
import net.bellwether.agent.engine.Installation;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.agent.engine.RuleEngine;
import net.bellwether.agent.engine.TestOutcome;
import net.bellwether.agent.kept.KeptEvent;
import net.bellwether.emulator.nature.AttemptRequest;
import net.bellwether.emulator.nature.Command;
import net.bellwether.emulator.nature.HeraldBatch;
import net.bellwether.emulator.nature.Nature;
import net.bellwether.topology.Link;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.LinkPhysics;
import net.bellwether.topology.rules.RuleSet;

/// One node: its rule engine between nature and the peers.
final class VirtualNode {
  final NodeId id;
  private final Nature nature;
  private final RuleEngine engine;
  private final PostOffice post;
  private final List<DeviceCommand> commands = new ArrayList<>();
  private final List<DeliveredPair> delivered = new ArrayList<>();
  private final List<TestOutcome> tested = new ArrayList<>();
  private final List<KeptEvent> told = new ArrayList<>();

  VirtualNode(NodeId id, Nature nature, RandomGenerator bases, PostOffice post) {
    this.id = id;
    this.nature = nature;
    this.post = post;
    this.engine = new RuleEngine(id, 1, bases, new Collected());
    nature.attach(id);
    Map<LinkId, AttemptTiming> timings = new LinkedHashMap<>();
    for (Link link : nature.network().links().values()) {
      if (Stream.of(link.a(), link.b()).anyMatch(id::equals)) {
        LinkPhysics physics = LinkPhysics.of(link, link.modes().getFirst());
        timings.put(
            link.id(),
            new AttemptTiming(physics.attemptPeriodPicos(), physics.heraldLatencyPicos()));
      }
    }
    engine.attached(nature.now(), nature.network().node(id).communicationQubits().count(), timings);
  }

  /// What the engine wants is kept until the network carries it out.
  private final class Collected implements Effects {
    @Override
    public void command(DeviceCommand command) {
      commands.add(command);
    }

    @Override
    public void send(NodeId peer, PairMessage message) {
      post.send(id, peer, message);
    }

    @Override
    public void deliver(DeliveredPair pair) {
      delivered.add(pair);
    }

    @Override
    public void tell(KeptEvent event) {
      told.add(event);
    }

    @Override
    public void report(TestOutcome outcome) {
      tested.add(outcome);
    }

    @Override
    public void schedule(List<net.bellwether.agent.engine.AttemptRequest> requests) {
      List<String> refusals =
          nature.schedule(id, requests.stream().map(VirtualNode::request).toList());
      if (!refusals.isEmpty()) {
        throw new IllegalStateException("node " + id + ": " + String.join("; ", refusals));
      }
    }

    @Override
    public void forget(FlowId flow, long generation) {
      // The engine has forgotten it; nothing here remembers generations.
    }
  }

  private static AttemptRequest request(net.bellwether.agent.engine.AttemptRequest request) {
    return new AttemptRequest(
        request.link(),
        request.flow(),
        request.generation(),
        request.stage(),
        request.mode(),
        request.multiplexing(),
        request.fromFrame(),
        request.untilFrame() == 0 ? AttemptRequest.NO_END : request.untilFrame(),
        request.rounds());
  }

  void prepare(RuleSet rules) {
    require(engine.prepare(rules));
  }

  void activate(FlowId flow, long generation, long frame) {
    require(engine.activate(flow, generation, frame));
  }

  private static void require(Installation installation) {
    if (installation instanceof Installation.Refused refused) {
      throw new IllegalArgumentException(refused.reason());
    }
  }

  void heralds(HeraldBatch batch) {
    engine.heralds(
        batch.heralds().stream().map(herald -> Translation.of(herald, nature.epoch())).toList());
  }

  void settle(HeraldBatch batch) {
    engine.settle(batch.completeUntil());
  }

  void receive(NodeId sender, PairMessage message) {
    engine.receive(sender, List.of(message));
  }

  /// Lets the hardware do what the engine wants; whether there was anything.
  boolean work() {
    if (commands.isEmpty()) {
      return false;
    }
    List<Command> now = commands.stream().map(Translation::of).toList();
    commands.clear();
    engine.outcomes(nature.execute(id, now).stream().map(Translation::of).toList());
    return true;
  }

  /// Pairs delivered so far, in order.
  List<DeliveredPair> delivered() {
    return List.copyOf(delivered);
  }

  /// Link test pairs reported so far, in order.
  List<TestOutcome> tested() {
    return List.copyOf(tested);
  }

  /// What was told of kept halves so far, in order.
  List<KeptEvent> told() {
    return List.copyOf(told);
  }

  RuleEngine engine() {
    return engine;
  }
}
