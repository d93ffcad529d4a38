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
import org.jspecify.annotations.Nullable;

/// One node: its rule engine between nature and the peers, seen by a watch.
public final class VirtualNode {
  private final NodeId id;
  private final Nature nature;
  private final RandomGenerator bases;
  private final PostOffice post;
  private final Map<LinkId, AttemptTiming> timings = new LinkedHashMap<>();
  private @Nullable RuleEngine engine;
  private boolean attached;
  private boolean mixedUp;
  private final List<DeviceCommand> commands = new ArrayList<>();
  private NodeWatch watch = new NodeWatch() {};
  private final List<KeptEvent> told = new ArrayList<>();
  private NetworkTime deviceTime;

  VirtualNode(NodeId id, Nature nature, RandomGenerator bases, PostOffice post) {
    this.id = id;
    this.nature = nature;
    this.bases = bases;
    this.post = post;
    for (Link link : nature.network().links().values()) {
      if (Stream.of(link.a(), link.b()).anyMatch(id::equals)) {
        LinkPhysics physics = LinkPhysics.of(link, link.modes().getFirst());
        timings.put(
            link.id(),
            new AttemptTiming(physics.attemptPeriodPicos(), physics.heraldLatencyPicos()));
      }
    }
    deviceTime = nature.now(id);
  }

  /// Begins with an engine that knows nothing, under `bootEpoch`; the device is not attached yet.
  void start(long bootEpoch) {
    engine = new RuleEngine(id, bootEpoch, bases, new Collected());
  }

  /// Forgets everything; what it held is lost.
  void stop() {
    engine = null;
    commands.clear();
    told.clear();
    loseDevice();
  }

  void attach() {
    attached = true;
    deviceTime = nature.now(id);
    nature.attach(id);
    engine().attached(deviceTime, nature.network().node(id).communicationQubits().count(), timings);
  }

  /// The device cannot be reached any more; what it held is lost, and what it was told.
  void detach() {
    loseDevice();
    commands.clear();
    if (engine != null) {
      engine.detached();
    }
  }

  private void loseDevice() {
    attached = false;
    nature.detach(id);
  }

  boolean isAttached() {
    return attached;
  }

  boolean isRunning() {
    return engine != null;
  }

  /// What the engine wants is kept until the network carries it out.
  private final class Collected implements Effects {
    @Override
    public void command(DeviceCommand command) {
      if (attached) {
        commands.add(command);
      }
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
      if (!attached) {
        return;
      }
      List<String> refusals =
          nature.schedule(id, requests.stream().map(VirtualNode::request).toList());
      if (!refusals.isEmpty()) {
        throw new IllegalStateException("node " + id + ": " + String.join("; ", refusals));
      }
    }

    @Override
    public void forget(FlowId flow, long generation) {
      watch.forgotten(flow, generation);
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
      Herald herald = asTold(Translation.of(seen, nature.epoch()));
      watch.heralded(herald);
      heralds.add(herald);
    }
    engine().heralds(heralds);
  }

  private Herald asTold(Herald herald) {
    long generation =
        !mixedUp
            ? herald.generation()
            : engine().installed().stream()
                .filter(each -> each.ruleSet().flow().equals(herald.flow()))
                .mapToLong(each -> each.ruleSet().generation())
                .max()
                .orElse(herald.generation());
    return new Herald(
        herald.pair(),
        herald.time(),
        herald.bellIndex(),
        herald.flow(),
        generation,
        herald.stage());
  }

  /// A device whose clock has gone back by more than a second is attached anew, as the driver does.
  void settle(HeraldBatch batch) {
    deviceTime = batch.completeUntil();
    if (deviceTime.picosSince(engine().completeUntil()) < -NetworkTime.PICOS_PER_SECOND) {
      attach();
    } else {
      engine().settle(deviceTime);
    }
  }

  /// What time its device told last.
  public NetworkTime deviceTime() {
    return deviceTime;
  }

  void receive(NodeId sender, List<PairMessage> messages) {
    if (engine != null) {
      messages.forEach(watch::received);
      engine.receive(sender, messages);
    }
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
    engine().outcomes(outcomes);
    return true;
  }

  /// What was told of kept halves so far, in order.
  public List<KeptEvent> told() {
    return List.copyOf(told);
  }

  /// From now on the device tells of pairs as if the newest rules had asked for them.
  public void mixUpGenerations() {
    mixedUp = true;
  }

  /// The node's rule engine while it runs; only the network's own thread may touch it.
  public RuleEngine engine() {
    RuleEngine running = engine;
    if (running == null) {
      throw new IllegalStateException("node " + id + " must be running");
    }
    return running;
  }
}
