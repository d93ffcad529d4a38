package net.bellwether.simulation.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.bellwether.agent.engine.AttemptTiming;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.DeviceOutcome;
import net.bellwether.agent.engine.Effects;
import net.bellwether.agent.engine.Herald;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.agent.engine.RuleEngine;
import net.bellwether.agent.engine.TestOutcome;
import net.bellwether.agent.kept.KeptEvent;
import net.bellwether.emulator.nature.AttemptRequest;
import net.bellwether.emulator.nature.Command;
import net.bellwether.emulator.nature.HeraldBatch;
import net.bellwether.emulator.nature.Nature;
import net.bellwether.emulator.nature.Outcome;
import net.bellwether.topology.Link;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.LinkPhysics;
import net.bellwether.topology.time.NetworkTime;

/// One node: its rule engine between nature and the peers, seen by a watch.
public final class VirtualNode {
  private final NodeId id;
  private final Nature nature;
  private final RuleEngine engine;
  private final PostOffice post;
  private final List<DeviceCommand> commands = new ArrayList<>();
  private NodeWatch watch = new NodeWatch() {};
  private final List<KeptEvent> told = new ArrayList<>();
  private final Map<LinkId, AttemptTiming> timings = new LinkedHashMap<>();
  private NetworkTime deviceTime;

  VirtualNode(NodeId id, Nature nature, RandomGenerator bases, PostOffice post) {
    this.id = id;
    this.nature = nature;
    this.post = post;
    this.engine = new RuleEngine(id, 1, bases, new Collected());
    for (Link link : nature.network().links().values()) {
      if (Stream.of(link.a(), link.b()).anyMatch(id::equals)) {
        LinkPhysics physics = LinkPhysics.of(link, link.modes().getFirst());
        timings.put(
            link.id(),
            new AttemptTiming(physics.attemptPeriodPicos(), physics.heraldLatencyPicos()));
      }
    }
    deviceTime = nature.now(id);
    attach();
  }

  private void attach() {
    nature.attach(id);
    engine.attached(deviceTime, nature.network().node(id).communicationQubits().count(), timings);
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
      watch.delivered(pair);
    }

    @Override
    public void tell(KeptEvent event) {
      told.add(event);
    }

    @Override
    public void report(TestOutcome outcome) {
      watch.tested(outcome);
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

  public NodeId id() {
    return id;
  }

  /// Shows everything from now on to `newWatch`, and to no other.
  public void watchBy(NodeWatch newWatch) {
    watch = newWatch;
  }

  void heralds(HeraldBatch batch) {
    List<Herald> heralds = new ArrayList<>(batch.heralds().size());
    for (var seen : batch.heralds()) {
      Herald herald = Translation.of(seen, nature.epoch());
      watch.heralded(herald);
      heralds.add(herald);
    }
    engine.heralds(heralds);
  }

  /// A device whose clock has gone back by more than a second is attached anew, as the driver does.
  void settle(HeraldBatch batch) {
    deviceTime = batch.completeUntil();
    if (deviceTime.picosSince(engine.completeUntil()) < -NetworkTime.PICOS_PER_SECOND) {
      attach();
    } else {
      engine.settle(deviceTime);
    }
  }

  /// What time its device told last.
  public NetworkTime deviceTime() {
    return deviceTime;
  }

  void receive(NodeId sender, List<PairMessage> messages) {
    messages.forEach(watch::received);
    engine.receive(sender, messages);
  }

  /// Lets the hardware do what the engine wants; whether there was anything.
  boolean work() {
    if (commands.isEmpty()) {
      return false;
    }
    List<DeviceCommand> given = List.copyOf(commands);
    commands.clear();
    List<Command> now = new ArrayList<>(given.size());
    given.forEach(command -> now.add(Translation.of(command)));
    List<DeviceOutcome> outcomes = new ArrayList<>(given.size());
    for (Outcome outcome : nature.execute(id, now)) {
      DeviceOutcome told = Translation.of(outcome);
      watch.commanded(given.get(outcomes.size()), told.done());
      outcomes.add(told);
    }
    engine.outcomes(outcomes);
    return true;
  }

  /// What was told of kept halves so far, in order.
  public List<KeptEvent> told() {
    return List.copyOf(told);
  }

  /// The node's rule engine; only the network's own thread may touch it.
  public RuleEngine engine() {
    return engine;
  }
}
