package net.bellwether.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.bellwether.agent.kept.KeptEvent;
import net.bellwether.agent.kept.KeptHalf;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.pair.PurificationProtocol;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.rules.Application;
import net.bellwether.topology.rules.Prediction;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.topology.time.NetworkTime;

/// Engines of a chain a, b, ... whose ends keep pairs for applications that measure, release or
/// forget them at random; over a few frames, in random order, with what `Trouble` brings.
final class KeepingNetwork {
  private static final long FIRST_FRAME = 100;
  private static final long FRAMES = 5;
  private static final long HOLD_PICOS = 250_000_000_000L;
  private static final Prediction PREDICTION =
      new Prediction(BellDiagonal.PERFECT, new Qubits(8, 10, 1), new Qubits(8, 10, 1), 0);

  /// What goes wrong: messages that are lost, memory qubits at the right end, whether the device of
  /// the left end is away for a while.
  record Trouble(double lossProbability, int rightMemoryCount, boolean detaches) {
    static final Trouble NONE = new Trouble(0, Integer.MAX_VALUE, false);
  }

  private final String nodes;
  private final boolean purified;
  private final Trouble trouble;
  private final SplittableRandom random;
  final PerfectHardware hardware;
  private final Map<String, Site> sites = new LinkedHashMap<>();
  private long sequence;

  KeepingNetwork(String nodes, boolean purified, long seed, Trouble trouble) {
    this.nodes = nodes;
    this.purified = purified;
    this.trouble = trouble;
    this.random = new SplittableRandom(seed);
    this.hardware = new PerfectHardware(random.split());
    for (String node : names()) {
      sites.put(node, new Site(node));
    }
    hardware.limitMemory(right(), trouble.rightMemoryCount());
  }

  private List<String> names() {
    return nodes.chars().mapToObj(Character::toString).toList();
  }

  String left() {
    return nodes.substring(0, 1);
  }

  String right() {
    return nodes.substring(nodes.length() - 1);
  }

  /// How a measurement ended.
  record Outcome(Direction direction, boolean bit) {}

  private record Frame(List<Herald> heralds, NetworkTime completeUntil) {}

  private final class Site implements Effects {
    final String name;
    final RuleEngine engine;
    final ArrayDeque<Frame> frames = new ArrayDeque<>();
    final ArrayDeque<DeviceOutcome> outcomes = new ArrayDeque<>();
    final Map<String, ArrayDeque<PairMessage>> inboxes = new LinkedHashMap<>();
    final List<KeptHalf> undecided = new ArrayList<>();
    final Map<PairId, KeptHalf> handed = new LinkedHashMap<>();
    final Map<PairId, Direction> asked = new HashMap<>();
    final Map<PairId, Outcome> measured = new LinkedHashMap<>();
    final Map<PairId, KeptEvent.Reason> ended = new LinkedHashMap<>();

    Site(String name) {
      this.name = name;
      this.engine = new RuleEngine(NodeId.of(name), 7, random.split(), this);
      for (String peer : names()) {
        inboxes.put(peer, new ArrayDeque<>());
      }
    }

    @Override
    public void command(DeviceCommand command) {
      outcomes.add(hardware.execute(name, command));
    }

    @Override
    public void send(NodeId peer, PairMessage message) {
      if (random.nextDouble() >= trouble.lossProbability()) {
        site(peer.value()).inboxes.getOrDefault(name, new ArrayDeque<>()).add(message);
      }
    }

    @Override
    public void deliver(DeliveredPair pair) {
      throw new AssertionError("pairs are kept");
    }

    @Override
    public void tell(KeptEvent event) {
      switch (event) {
        case KeptEvent.Handed(KeptHalf half) -> {
          assertThat(handed.put(half.pair(), half)).as("handed once").isNull();
          undecided.add(half);
        }
        case KeptEvent.Measured(PairId pair, boolean bit, NetworkTime _) -> {
          Direction direction = asked.get(pair);
          assertThat(direction).isNotNull();
          if (direction != null) {
            measured.put(pair, new Outcome(direction, bit));
          }
        }
        case KeptEvent.Ended(PairId pair, KeptEvent.Reason reason) -> {
          if (reason != KeptEvent.Reason.NOT_HELD) {
            assertThat(measured).doesNotContainKey(pair);
            assertThat(ended.put(pair, reason)).as("ended once").isNull();
          }
        }
      }
    }

    @Override
    public void report(TestOutcome outcome) {
      throw new AssertionError("no link test runs");
    }

    @Override
    public void schedule(List<AttemptRequest> requests) {}

    @Override
    public void forget(FlowId flow, long generation) {}

    private void decide() {
      KeptHalf half = undecided.removeFirst();
      int choice = random.nextInt(8);
      if (choice < 5) {
        Direction direction =
            List.of(Direction.ALONG_X, Direction.ALONG_Y, Direction.ALONG_Z).get(random.nextInt(3));
        asked.putIfAbsent(half.pair(), direction);
        engine.measure(half.pair(), direction);
      } else if (choice < 6) {
        engine.release(half.pair());
      }
    }

    List<Runnable> next() {
      List<Runnable> next = new ArrayList<>();
      if (!frames.isEmpty()) {
        next.add(() -> {
          Frame frame = frames.remove();
          engine.heralds(frame.heralds());
          settle(frame.completeUntil());
        });
      }
      if (!outcomes.isEmpty()) {
        next.add(() -> engine.outcomes(List.of(outcomes.remove())));
      }
      if (!undecided.isEmpty()) {
        next.add(this::decide);
      }
      inboxes.forEach((peer, inbox) -> {
        if (!inbox.isEmpty()) {
          next.add(() -> engine.receive(NodeId.of(peer), List.of(inbox.remove())));
        }
      });
      return next;
    }

    void settle(NetworkTime complete) {
      hardware.dropExpired(name, complete);
      engine.settle(complete);
    }

    void loseDevice(NetworkTime backAt) {
      frames.clear();
      outcomes.clear();
      hardware.lose(name);
      engine.detached();
      outcomes.clear();
      engine.attached(backAt, 64, Map.of());
      outcomes.clear();
    }
  }

  private Site site(String node) {
    Site site = sites.get(node);
    if (site == null) {
      throw new AssertionError("no node " + node);
    }
    return site;
  }

  Map<PairId, KeptHalf> handed(String node) {
    return site(node).handed;
  }

  Map<PairId, Outcome> measured(String node) {
    return site(node).measured;
  }

  Map<PairId, KeptEvent.Reason> ended(String node) {
    return site(node).ended;
  }

  EngineCount count(String node) {
    return site(node).engine.count();
  }

  void run() {
    for (Site site : sites.values()) {
      site.engine.attached(NetworkTime.startOfFrame(FIRST_FRAME - 1), 64, Map.of());
      assertThat(site.engine.prepare(ruleSet(site.name))).isEqualTo(new Installation.Accepted());
      site.engine.activate(Lines.FLOW, 1, FIRST_FRAME);
    }
    for (long frame = FIRST_FRAME; frame < FIRST_FRAME + FRAMES; frame++) {
      passFrame(frame);
      letHappen(random.nextInt(200));
      if (trouble.detaches() && frame == FIRST_FRAME + 2) {
        site(left()).loseDevice(NetworkTime.startOfFrame(frame + 1));
      }
    }
    letHappen(Integer.MAX_VALUE);
    for (int later = 10; later <= 40; later += 10) {
      NetworkTime complete = NetworkTime.startOfFrame(FIRST_FRAME + FRAMES + later);
      sites.values().forEach(site -> site.settle(complete));
      letHappen(Integer.MAX_VALUE);
    }
  }

  private void letHappen(int most) {
    for (int i = 0; i < most; i++) {
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
    sites.keySet().forEach(node -> heralds.put(node, new ArrayList<>()));
    for (int link = 0; link < nodes.length() - 1; link++) {
      String left = nodes.substring(link, link + 1);
      String right = nodes.substring(link + 1, link + 2);
      for (int round = 0; round < 3; round++) {
        long picos = Lines.ROUNDS.start(frame, round).picos();
        for (int k = random.nextInt(8); k > 0; k--) {
          picos += 1 + random.nextInt(50_000_000);
          Herald herald =
              new Herald(
                  new PairId.Elementary(LinkId.of(left + right), 1, sequence++),
                  new NetworkTime(frame, picos),
                  Pauli.of(random.nextBoolean(), random.nextBoolean()),
                  Lines.FLOW,
                  1,
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

  private RuleSet ruleSet(String node) {
    List<Rule> rules = new ArrayList<>();
    Map<NodeId, Long> latencies = new HashMap<>();
    for (int link = 0; link < nodes.length() - 1; link++) {
      String one = nodes.substring(link, link + 1);
      String other = nodes.substring(link + 1, link + 2);
      if (node.equals(one) || node.equals(other)) {
        NodeId peer = NodeId.of(node.equals(one) ? other : one);
        rules.add(new Rule.Attempt(link, LinkId.of(one + other), "m", 20, peer));
      }
    }
    for (String peer : names()) {
      latencies.put(NodeId.of(peer), 10_000_000L);
    }
    int last = nodes.length() - 2;
    if (nodes.length() == 3) {
      last = 2;
      if (node.equals("b")) {
        rules.add(new Rule.Swap(0, 1, 2, NodeId.of("a"), NodeId.of("c")));
      }
    }
    if (node.equals(left()) || node.equals(right())) {
      boolean isLeft = node.equals(left());
      NodeId peer = NodeId.of(isLeft ? right() : left());
      if (purified) {
        rules.add(new Rule.Purify(last, last, last + 1, PurificationProtocol.DEJMPS, peer, isLeft));
        last++;
      }
      rules.add(
          new Rule.Keep(last, peer, new Application("t", "app-" + node), HOLD_PICOS, PREDICTION));
    }
    return new RuleSet(Lines.FLOW, 1, NodeId.of(node), Lines.ROUNDS, rules, latencies);
  }

  void assertNothingIsLeft(long seed) {
    for (Site site : sites.values()) {
      EngineCount count = site.engine.count();
      assertThat(count.livePairCount()).as("seed %d at %s", seed, site.name).isZero();
      assertThat(count.keptQubitCount()).as("seed %d at %s", seed, site.name).isZero();
      assertThat(count.heldMessageCount()).as("seed %d at %s", seed, site.name).isZero();
      assertThat(count.openRoundCount()).as("seed %d at %s", seed, site.name).isZero();
      assertThat(count.pendingCommandCount()).as("seed %d at %s", seed, site.name).isZero();
      assertThat(site.engine.checkedQubits().total()).isEqualTo(64);
      assertThat(site.handed.keySet())
          .as("seed %d at %s: every handed half is measured or ends", seed, site.name)
          .allMatch(pair -> site.measured.containsKey(pair) ^ site.ended.containsKey(pair));
    }
    hardware.assertEveryQubitIsAccountedFor();
  }
}
