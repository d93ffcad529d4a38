package net.bellwether.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.bellwether.agent.kept.KeptEvent;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;

/// Engines of one plan, run over a few frames with a change of generation in between. What happens
/// next is drawn at random among: a node gets its next frame, an outcome, or a peer's message.
final class RandomNetwork {
  private static final long FIRST_FRAME = 100;
  private static final long FRAMES = 4;
  private static final long SECOND_GENERATION_FRAME = 102;

  private final PlanShape shape;
  private final SplittableRandom random;
  private final double lossProbability;
  private final PerfectHardware hardware;
  private final Map<String, Site> sites = new LinkedHashMap<>();
  private long sequence;

  RandomNetwork(PlanShape shape, long seed, double lossProbability) {
    this.shape = shape;
    this.random = new SplittableRandom(seed);
    this.lossProbability = lossProbability;
    this.hardware = new PerfectHardware(random.split());
    for (String node : shape.nodes()) {
      sites.put(node, new Site(node));
    }
  }

  private record Frame(List<Herald> heralds, NetworkTime completeUntil) {}

  private final class Site implements Effects {
    final String name;
    final RuleEngine engine;
    final ArrayDeque<Frame> frames = new ArrayDeque<>();
    final ArrayDeque<DeviceOutcome> outcomes = new ArrayDeque<>();
    final Map<String, ArrayDeque<PairMessage>> inboxes = new LinkedHashMap<>();
    final List<DeliveredPair> delivered = new ArrayList<>();

    Site(String name) {
      this.name = name;
      this.engine = new RuleEngine(NodeId.of(name), 7, random.split(), this);
      for (String peer : shape.nodes()) {
        inboxes.put(peer, new ArrayDeque<>());
      }
    }

    @Override
    public void command(DeviceCommand command) {
      DeviceOutcome outcome = hardware.execute(name, command);
      outcomes.add(outcome);
    }

    @Override
    public void send(NodeId peer, PairMessage message) {
      if (random.nextDouble() >= lossProbability) {
        site(peer.value()).inbox(name).add(message);
      }
    }

    ArrayDeque<PairMessage> inbox(String peer) {
      return inboxes.getOrDefault(peer, new ArrayDeque<>());
    }

    @Override
    public void deliver(DeliveredPair pair) {
      delivered.add(pair);
    }

    @Override
    public void tell(KeptEvent event) {
      throw new AssertionError("nothing is kept");
    }

    @Override
    public void report(TestOutcome outcome) {
      throw new AssertionError("no link test runs");
    }

    @Override
    public void schedule(List<AttemptRequest> requests) {}

    @Override
    public void forget(FlowId flow, long generation) {}

    List<Runnable> next() {
      List<Runnable> next = new ArrayList<>();
      if (!frames.isEmpty()) {
        next.add(() -> {
          Frame frame = frames.remove();
          engine.heralds(frame.heralds());
          engine.settle(frame.completeUntil());
        });
      }
      if (!outcomes.isEmpty()) {
        next.add(() -> engine.outcomes(List.of(outcomes.remove())));
      }
      inboxes.forEach((peer, inbox) -> {
        if (!inbox.isEmpty()) {
          next.add(() -> engine.receive(NodeId.of(peer), List.of(inbox.remove())));
        }
      });
      return next;
    }
  }

  private Site site(String node) {
    Site site = sites.get(node);
    if (site == null) {
      throw new AssertionError("no node " + node);
    }
    return site;
  }

  PerfectHardware hardware() {
    return hardware;
  }

  List<DeliveredPair> delivered(String node) {
    return site(node).delivered;
  }

  void run() {
    for (Site site : sites.values()) {
      site.engine.attached(NetworkTime.startOfFrame(FIRST_FRAME - 1), 64, Map.of());
      site.engine.prepare(shape.ruleSet(site.name, 1));
      site.engine.activate(Lines.FLOW, 1, FIRST_FRAME);
      site.engine.prepare(shape.ruleSet(site.name, 2));
      site.engine.activate(Lines.FLOW, 2, SECOND_GENERATION_FRAME);
    }
    for (long frame = FIRST_FRAME; frame < FIRST_FRAME + FRAMES; frame++) {
      passFrame(frame);
    }
    letAllHappen();
    for (Site site : sites.values()) {
      site.engine.settle(NetworkTime.startOfFrame(FIRST_FRAME + FRAMES + 20));
    }
    letAllHappen();
  }

  private void letAllHappen() {
    while (true) {
      List<Runnable> next = new ArrayList<>();
      sites.values().forEach(site -> next.addAll(site.next()));
      if (next.isEmpty()) {
        return;
      }
      next.get(random.nextInt(next.size())).run();
    }
  }

  private void passFrame(long frame) {
    Map<String, List<Herald>> heralds = new LinkedHashMap<>();
    shape.nodes().forEach(node -> heralds.put(node, new ArrayList<>()));
    long generation = frame < SECOND_GENERATION_FRAME ? 1 : 2;
    for (int link = 0; link < shape.linkCount(); link++) {
      String left = shape.nodes().get(link);
      String right = shape.nodes().get(link + 1);
      for (int round = 0; round < 3; round++) {
        long picos = Lines.ROUNDS.start(frame, round).picos();
        int count = random.nextInt(20);
        for (int k = 0; k < count; k++) {
          picos += 1 + random.nextInt(50_000_000);
          Herald herald =
              new Herald(
                  new PairId.Elementary(shape.link(link), 1, sequence++),
                  new NetworkTime(frame, picos),
                  Pauli.of(random.nextBoolean(), random.nextBoolean()),
                  Lines.FLOW,
                  generation,
                  link);
          hardware.born(herald, left, right);
          heralds.getOrDefault(left, List.of()).add(herald);
          heralds.getOrDefault(right, List.of()).add(herald);
        }
      }
    }
    for (Site site : sites.values()) {
      site.frames.add(
          new Frame(
              heralds.getOrDefault(site.name, List.of()), NetworkTime.startOfFrame(frame + 1)));
    }
  }

  void assertNothingIsLeft(long seed) {
    for (Site site : sites.values()) {
      EngineCount count = site.engine.count();
      assertThat(count.livePairCount()).as("seed %d at %s", seed, site.name).isZero();
      assertThat(count.heldMessageCount()).as("seed %d at %s", seed, site.name).isZero();
      assertThat(count.openRoundCount()).as("seed %d at %s", seed, site.name).isZero();
      assertThat(count.pendingCommandCount()).as("seed %d at %s", seed, site.name).isZero();
      assertThat(count.strayHeraldCount()).as("seed %d at %s", seed, site.name).isZero();
    }
    hardware.assertEveryQubitIsAccountedFor(seed);
  }
}
