package net.bellwether.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.bellwether.agent.kept.KeptEvent;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;

/// Engines of a few flows, run over a few frames with a change of generation in between. What
/// happens next is drawn at random among: a node gets its next frame, an outcome, or a peer's
/// message. Flows share links and nodes, at different times.
final class RandomNetwork {
  private static final long FIRST_FRAME = 100;
  private static final long FRAMES = 4;
  private static final long SECOND_GENERATION_FRAME = 102;
  private static final int ROUNDS_PER_FLOW = 3;
  private static final int QUBITS = 256;

  private final SplittableRandom random;
  private final Faults faults;
  private final PerfectHardware hardware;
  private final List<PlanShape> shapes;
  private final Map<String, Site> sites = new LinkedHashMap<>();
  private long sequence;

  RandomNetwork(List<PlanShape> shapes, long seed, Faults faults) {
    this.shapes = shapes;
    this.random = new SplittableRandom(seed);
    this.faults = faults;
    this.hardware = new PerfectHardware(random.split());
    TreeSet<String> nodes = new TreeSet<>();
    shapes.forEach(shape -> nodes.addAll(shape.nodes()));
    nodes.forEach(node -> sites.put(node, new Site(node)));
  }

  static FlowId flow(int index) {
    return FlowId.of("f" + index);
  }

  /// Flows take turns in the frame.
  private static Rounds rounds(int flow) {
    long period = 2_000_000_000L;
    return new Rounds(
        5_000_000_000L + period * ROUNDS_PER_FLOW * flow, 1_000_000_000L, period, ROUNDS_PER_FLOW);
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  private record Frame(List<Herald> heralds, NetworkTime completeUntil) {}

  private final class Site implements Effects {
    final String name;
    final ArrayDeque<Frame> frames = new ArrayDeque<>();
    final ArrayDeque<DeviceOutcome> outcomes = new ArrayDeque<>();
    final Map<String, List<PairMessage>> inboxes = new LinkedHashMap<>();
    final Map<String, List<PairMessage>> late = new LinkedHashMap<>();
    final List<DeliveredPair> delivered = new ArrayList<>();
    RuleEngine engine;
    private long bootEpoch = 7;

    /// How far the clock of its device is ahead.
    private long clockPicos;

    Site(String name) {
      this.name = name;
      this.engine = newEngine();
    }

    private RuleEngine newEngine() {
      return new RuleEngine(NodeId.of(name), bootEpoch, random.split(), this);
    }

    void install() {
      for (int flow = 0; flow < shapes.size(); flow++) {
        for (long generation = 1; generation <= 2; generation++) {
          var rules = shapes.get(flow).ruleSet(flow(flow), name, generation, rounds(flow));
          if (!rules.rules().isEmpty()) {
            assertThat(engine.prepare(rules)).isEqualTo(new Installation.Accepted());
            engine.activate(
                flow(flow), generation, generation == 1 ? FIRST_FRAME : SECOND_GENERATION_FRAME);
          }
        }
      }
    }

    void attach(NetworkTime now) {
      outcomes.clear();
      frames.clear();
      hardware.lost(name);
      engine.attached(here(now), QUBITS, Map.of());
    }

    /// By the clock of its device.
    NetworkTime here(NetworkTime time) {
      return time.plusPicos(clockPicos);
    }

    Herald stamped(Herald herald) {
      return new Herald(
          herald.pair(),
          here(herald.time()),
          herald.bellIndex(),
          herald.flow(),
          herald.generation(),
          herald.stage());
    }

    /// By whole frames, or by any time; up to eight seconds. Back by more than one, the driver
    /// attaches the device anew.
    void jump(NetworkTime now) {
      long before = clockPicos;
      long picos = random.nextLong(-4_000_000_000_000L, 4_000_000_000_000L);
      clockPicos =
          random.nextBoolean() ? picos : picos / NetworkTime.FRAME_PICOS * NetworkTime.FRAME_PICOS;
      if (clockPicos - before < -NetworkTime.PICOS_PER_SECOND) {
        attach(now);
      }
    }

    /// All but what is recorded is lost: what was delivered, and what was ordered.
    void crash(NetworkTime now) {
      bootEpoch++;
      engine = newEngine();
      inboxes.clear();
      late.clear();
      install();
      attach(now);
    }

    @Override
    public void command(DeviceCommand command) {
      // A round that a jump settles may wait for what was done to its pairs.
      if (faults.clockJump() > 0
          && command instanceof DeviceCommand.Release release
          && !hardware.holds(name, release.pair())) {
        outcomes.add(DeviceOutcome.refused(release.tag(), "gone"));
      } else {
        outcomes.add(hardware.execute(name, command));
      }
    }

    @Override
    public void send(NodeId peer, PairMessage message) {
      Site to = site(peer.value());
      if (happens(faults.late())) {
        put(to.late, message);
      } else if (!happens(faults.loss())) {
        put(to.inboxes, message);
      }
      if (happens(faults.repeat())) {
        put(random.nextBoolean() ? to.late : to.inboxes, message);
      }
    }

    private void put(Map<String, List<PairMessage>> box, PairMessage message) {
      box.computeIfAbsent(name, _ -> new ArrayList<>()).add(message);
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
          next.add(() -> engine.receive(NodeId.of(peer), List.of(inbox.removeFirst())));
        }
      });
      return next;
    }

    void lateArrives() {
      late.forEach((peer, messages) ->
          inboxes.computeIfAbsent(peer, _ -> new ArrayList<>()).addAll(messages));
      late.clear();
    }
  }

  private Site site(String node) {
    return Objects.requireNonNull(sites.get(node), node);
  }

  PerfectHardware hardware() {
    return hardware;
  }

  List<DeliveredPair> delivered(String node, FlowId flow) {
    return site(node).delivered.stream().filter(pair -> pair.flow().equals(flow)).toList();
  }

  void run() {
    for (Site site : sites.values()) {
      site.engine.attached(NetworkTime.startOfFrame(FIRST_FRAME - 1), QUBITS, Map.of());
      site.install();
    }
    for (long frame = FIRST_FRAME; frame < FIRST_FRAME + FRAMES; frame++) {
      passFrame(frame);
      for (Site site : sites.values()) {
        letSomeHappen();
        disaster(site, NetworkTime.startOfFrame(frame + 1));
      }
      sites.values().forEach(Site::lateArrives);
    }
    letAllHappen();
    sites.values().forEach(site -> site.engine.checkedQubits());
    // A clock that was far ahead has opened rounds at its peers, and has itself to be caught up
    // with.
    long over = FIRST_FRAME + FRAMES + (faults.clockJump() > 0 ? 200 : 20);
    settleAll(over);
    // Messages may come after all is over, too.
    settleAll(over + 1);
  }

  private void settleAll(long frame) {
    for (Site site : sites.values()) {
      site.engine.settle(site.here(NetworkTime.startOfFrame(frame)));
      site.lateArrives();
    }
    letAllHappen();
  }

  private void disaster(Site site, NetworkTime now) {
    if (happens(faults.clockJump())) {
      site.jump(now);
    }
    if (happens(faults.crash())) {
      site.crash(now);
    } else if (happens(faults.detach())) {
      site.attach(now);
    }
  }

  private void letSomeHappen() {
    for (int steps = random.nextInt(40); steps > 0 && letOneHappen(); steps--) {
      sites.values().forEach(site -> site.engine.checkedQubits());
    }
  }

  private void letAllHappen() {
    boolean more = true;
    while (more) {
      more = letOneHappen();
    }
  }

  private boolean letOneHappen() {
    List<Runnable> next = new ArrayList<>();
    sites.values().forEach(site -> next.addAll(site.next()));
    if (!next.isEmpty()) {
      next.get(random.nextInt(next.size())).run();
    }
    return !next.isEmpty();
  }

  private void passFrame(long frame) {
    Map<String, List<Herald>> heralds = new LinkedHashMap<>();
    sites.keySet().forEach(node -> heralds.put(node, new ArrayList<>()));
    for (int flow = 0; flow < shapes.size(); flow++) {
      for (PlanShape.Leaf leaf : shapes.get(flow).leaves()) {
        for (int round = 0; round < ROUNDS_PER_FLOW; round++) {
          long picos = rounds(flow).start(frame, round).picos();
          for (int k = random.nextInt(PlanShape.MULTIPLEXING + 1); k > 0; k--) {
            picos += 1 + random.nextInt(100_000_000);
            herald(flow, leaf, new NetworkTime(frame, picos), heralds);
          }
        }
      }
    }
    for (Site site : sites.values()) {
      site.frames.add(
          new Frame(
              heralds.getOrDefault(site.name, List.of()),
              site.here(NetworkTime.startOfFrame(frame + 1))));
    }
  }

  private void herald(
      int flow, PlanShape.Leaf leaf, NetworkTime time, Map<String, List<Herald>> heralds) {
    Herald herald =
        new Herald(
            new PairId.Elementary(leaf.link(), 1, sequence++),
            time,
            Pauli.of(random.nextBoolean(), random.nextBoolean()),
            flow(flow),
            time.frame() < SECOND_GENERATION_FRAME ? 1 : 2,
            leaf.stage());
    hardware.born(herald, leaf.left(), leaf.right(), end -> site(end).here(time));
    String misses = random.nextBoolean() ? leaf.left() : leaf.right();
    boolean missed = happens(faults.missedHerald());
    for (String end : List.of(leaf.left(), leaf.right())) {
      if (missed && end.equals(misses)) {
        hardware.lost(end, herald.pair());
      } else {
        heralds.getOrDefault(end, List.of()).add(site(end).stamped(herald));
      }
    }
  }

  void assertNothingIsLeft() {
    for (Site site : sites.values()) {
      EngineCount count = site.engine.count();
      assertThat(count.livePairCount()).as("pairs at %s", site.name).isZero();
      assertThat(count.heldMessageCount()).as("messages at %s", site.name).isZero();
      assertThat(count.openRoundCount()).as("rounds at %s", site.name).isZero();
      assertThat(count.pendingCommandCount()).as("commands at %s", site.name).isZero();
      if (faults.clockJump() == 0) {
        assertThat(count.strayHeraldCount()).as("strays at %s", site.name).isZero();
      }
      assertThat(count.refusedCommandCount()).as("refusals at %s", site.name).isZero();
      assertThat(count.qubitFaultCount()).as("faults at %s", site.name).isZero();
      QubitCount qubits = site.engine.checkedQubits();
      assertThat(qubits.holding() + qubits.waiting()).as("qubits at %s", site.name).isZero();
      assertThat(qubits.total()).isEqualTo(QUBITS);
    }
    hardware.assertEveryQubitIsAccountedFor();
  }
}
