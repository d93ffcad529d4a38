package net.bellwether.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import net.bellwether.emulator.nature.AttemptRequest;
import net.bellwether.emulator.nature.Command;
import net.bellwether.emulator.nature.Herald;
import net.bellwether.emulator.nature.HeraldBatch;
import net.bellwether.emulator.nature.Nature;
import net.bellwether.emulator.nature.Outcome;
import net.bellwether.topology.GenerationMode;
import net.bellwether.topology.Heralding;
import net.bellwether.topology.Link;
import net.bellwether.topology.Medium;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;

/// How many elementary pairs nature makes and handles in a second of one processor: two links,
/// every pair heralded at both ends; those of both links in a round swapped and then measured at
/// the far ends, what is left over released. In virtual time, in one thread, with the commands of
/// all three nodes.
public final class EmulatorBenchmark {
  private static final NodeId A = NodeId.of("a");
  private static final NodeId B = NodeId.of("b");
  private static final NodeId C = NodeId.of("c");
  private static final LinkId AB = LinkId.of("ab");
  private static final LinkId BC = LinkId.of("bc");
  private static final int MODES = 500;
  private static final Rounds ROUNDS = new Rounds(0, 4_000_000_000L, 5_000_000_000L, 20);
  private static final double WARM_UP_SECONDS = 4;
  private static final double MEASURED_SECONDS = 2;
  private static final int MEASUREMENTS = 3;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Nature nature = new Nature(network(), 1, 1, 1000);
  private final List<Command> atA = new ArrayList<>();
  private final List<Command> atB = new ArrayList<>();
  private final List<Command> atC = new ArrayList<>();
  private long swaps;
  private long pairs;

  private EmulatorBenchmark() {
    List.of(A, B, C).forEach(nature::attach);
    nature.schedule(A, List.of(request(AB)));
    nature.schedule(B, List.of(request(AB), request(BC)));
    nature.schedule(C, List.of(request(BC)));
  }

  public static void main(String[] arguments) {
    System.out.println(MachineLine.text());
    EmulatorBenchmark benchmark = new EmulatorBenchmark();
    benchmark.pairsPerSecond(WARM_UP_SECONDS);
    for (int i = 0; i < MEASUREMENTS; i++) {
      System.out.printf(
          "%,.0f elementary pairs per second of one processor%n",
          benchmark.pairsPerSecond(MEASURED_SECONDS));
    }
  }

  private double pairsPerSecond(double processorSeconds) {
    long pairsBefore = pairs;
    long start = processorNanos();
    long now = start;
    while (now - start < processorSeconds * 1e9) {
      frame();
      now = processorNanos();
    }
    return (pairs - pairsBefore) / ((now - start) * 1e-9);
  }

  /// Of this process, garbage collection and compilation included, other programs not.
  private static long processorNanos() {
    return SYSTEM.getProcessCpuTime();
  }

  private void frame() {
    SequencedMap<NodeId, HeraldBatch> batches = nature.advanceTo(nature.now().frame() + 1);
    List<Herald> left = heralds(batches, A);
    List<Herald> right = heralds(batches, C);
    pairs += left.size() + right.size();
    int i = 0;
    int j = 0;
    while (i < left.size() && j < right.size()) {
      int ahead = Integer.compare(round(left.get(i)), round(right.get(j)));
      if (ahead == 0) {
        swapAndMeasure(left.get(i++), right.get(j++));
      } else if (ahead < 0) {
        release(left.get(i++), atA);
      } else {
        release(right.get(j++), atC);
      }
    }
    left.subList(i, left.size()).forEach(herald -> release(herald, atA));
    right.subList(j, right.size()).forEach(herald -> release(herald, atC));
    execute(B, atB);
    execute(A, atA);
    execute(C, atC);
  }

  private static List<Herald> heralds(SequencedMap<NodeId, HeraldBatch> batches, NodeId node) {
    return Optional.ofNullable(batches.get(node)).orElseThrow().heralds();
  }

  private static int round(Herald herald) {
    return ROUNDS.indexAt(herald.time());
  }

  private PairId id(Herald herald) {
    return new PairId.Elementary(herald.link(), nature.epoch(), herald.sequence());
  }

  private void swapAndMeasure(Herald left, Herald right) {
    PairId one = id(left);
    PairId two = id(right);
    PairId.Swapped result = new PairId.Swapped(B, 1, swaps++);
    NetworkTime stamp = NetworkTime.later(left.time(), right.time());
    atB.add(new Command.Swap(swaps, stamp, one, two, result));
    atA.add(new Command.Measure(swaps, stamp, one, Basis.Z));
    atC.add(new Command.Measure(swaps, stamp, two, Basis.Z));
  }

  private void release(Herald herald, List<Command> atFarEnd) {
    Command release = new Command.Release(0, herald.time(), id(herald));
    atB.add(release);
    atFarEnd.add(release);
  }

  private void execute(NodeId node, List<Command> commands) {
    for (Outcome outcome : nature.execute(node, commands)) {
      if (outcome instanceof Outcome.Refused refused) {
        throw new IllegalStateException(refused.reason());
      }
    }
    commands.clear();
  }

  private static AttemptRequest request(LinkId link) {
    return new AttemptRequest(
        link, FlowId.of("flow"), 1, "only", MODES, 0, AttemptRequest.NO_END, ROUNDS);
  }

  private static Network network() {
    Qubits qubits = new Qubits(2 * MODES, 10, 1);
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (NodeId id : List.of(A, B, C)) {
      nodes.put(
          id, new Node(id, NodeRole.REPEATER, qubits, qubits, new Operations(0.998, 0.002, 1)));
    }
    SequencedMap<LinkId, Link> links = new LinkedHashMap<>();
    links.put(AB, link(AB, A, B));
    links.put(BC, link(BC, B, C));
    return new Network("benchmark", nodes, links, List.of());
  }

  private static Link link(LinkId id, NodeId a, NodeId b) {
    return new Link(
        id,
        a,
        b,
        new Medium.Fiber(20, 0.2),
        new Heralding.SingleClick(0.5, 0.5, 0.98, 10, 1e-9),
        1e6,
        1,
        MODES,
        List.of(new GenerationMode("only", 0.05)));
  }
}
