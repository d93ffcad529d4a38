package net.bellwether.benchmarks.agents;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.bellwether.agent.AgentConfig;
import net.bellwether.agent.NodeAgent;
import net.bellwether.benchmarks.MachineLine;
import net.bellwether.benchmarks.ScratchDirectory;
import net.bellwether.benchmarks.Waiting;
import net.bellwether.topology.Link;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.LinkStatus;
import net.bellwether.v1.NodeStatus;

/// Many node agents in this process, with real sockets and mutual TLS, against one controller
/// process and one emulator process on the same machine: how long until all run, what each holds,
/// and what all of them cost at rest. The agents have no key delivery interface, as repeaters have
/// none.
public final class AgentsBenchmark {
  private static final int AGENTS_DEFAULT = 1_000;

  /// Started first and not counted: they load classes and fill what all agents share.
  private static final int FIRST_AGENTS = 8;

  private static final int STEADY_SECONDS = 20;
  private static final int PUSHED_AGENTS = 100;

  private static final Logger TRANSPORTS = Logger.getLogger("io.grpc.netty");

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  private final QuietNetwork quiet;
  private final List<NodeAgent> agents = new ArrayList<>();

  private AgentsBenchmark(int count) {
    quiet = QuietNetwork.of(count);
  }

  /// Argument: how many agents; 1,000 where there is none.
  public static void main(String[] arguments) throws IOException {
    // Each connection that ends with the run would be reported with its stack.
    TRANSPORTS.setLevel(Level.WARNING);
    int count = arguments.length == 0 ? AGENTS_DEFAULT : Integer.parseInt(arguments[0]);
    if (count <= FIRST_AGENTS) {
      throw new IllegalArgumentException(
          "agents (" + count + ") must be more than " + FIRST_AGENTS);
    }
    new AgentsBenchmark(count).run();
    System.exit(0);
  }

  private void run() throws IOException {
    out.println(MachineLine.text());
    out.printf(
        "network: %d nodes, %d links; agents in one process, an emulator and a controller process%n",
        quiet.network().nodes().size(), quiet.network().links().size());
    String document = quiet.document();
    try (ScratchDirectory state = ScratchDirectory.create("agents");
        Surroundings around = new Surroundings(state.path(), document)) {
      measure(around, document);
    }
  }

  private void measure(Surroundings around, String document) {
    try {
      Waiting.until(() -> isApplied(around, document));
      List<AgentConfig> configs =
          quiet.network().nodes().keySet().stream().map(node -> config(around, node)).toList();
      start(configs.subList(0, FIRST_AGENTS));
      Holdings before = Holdings.now();
      long began = System.nanoTime();
      start(configs.subList(FIRST_AGENTS, configs.size()));
      out.printf("all agents listen: %.1f s%n", secondsSince(began));
      Waiting.until(() -> around.operator.nodes().stream().allMatch(NodeStatus::getConnected));
      out.printf("all agents connected: %.1f s%n", secondsSince(began));
      Waiting.until(() -> around.operator.links().stream().allMatch(LinkStatus::hasEstimatedState));
      out.printf("every link tested and estimated: %.1f s%n", secondsSince(began));
      steady(around);
      printHoldings(before, Holdings.now(), configs.size() - FIRST_AGENTS);
      push(around);
    } finally {
      agents.reversed().forEach(NodeAgent::close);
    }
  }

  /// Applying again what is in force changes nothing, so a controller that is slow to start is
  /// waited for.
  private static boolean isApplied(Surroundings around, String document) {
    try {
      around.operator.applyTopology("benchmark", document);
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
        return false;
      }
      throw e;
    }
  }

  private static AgentConfig config(Surroundings around, NodeId node) {
    return new AgentConfig(
        node,
        around.stateOf(node),
        around.identity(node),
        around.controllerEndpoint,
        around.emulatorEndpoint,
        false,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Optional.empty(),
        Optional.empty(),
        "127.0.0.1");
  }

  private void start(List<AgentConfig> configs) {
    configs.forEach(config -> agents.add(NodeAgent.start(config)));
  }

  /// What this process holds after its garbage is collected.
  private record Holdings(long heapBytes, ProcessFigures process) {
    static Holdings now() {
      System.gc();
      System.gc();
      long heapBytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      return new Holdings(heapBytes, ProcessFigures.of(ProcessHandle.current().pid()));
    }
  }

  private void printHoldings(Holdings before, Holdings after, int added) {
    ProcessFigures first = before.process();
    ProcessFigures all = after.process();
    out.printf(
        "agents' process: heap %d to %d MB, resident %d to %d MB, threads %d to %d, descriptors %d to"
            + " %d%n",
        before.heapBytes() >> 20,
        after.heapBytes() >> 20,
        first.residentKilobytes() >> 10,
        all.residentKilobytes() >> 10,
        first.threadCount(),
        all.threadCount(),
        first.descriptorCount(),
        all.descriptorCount());
    out.printf(
        "each agent: %.0f kB heap, %.0f kB resident in all, %.1f threads, %.1f descriptors%n",
        (after.heapBytes() - before.heapBytes()) / 1024.0 / added,
        (double) (all.residentKilobytes() - first.residentKilobytes()) / added,
        (double) (all.threadCount() - first.threadCount()) / added,
        (double) (all.descriptorCount() - first.descriptorCount()) / added);
  }

  private void steady(Surroundings around) {
    List<Watched> watched =
        List.of(
            Watched.of("agents", ProcessHandle.current().pid()),
            Watched.of(around.controller.name(), around.controller.pid()),
            Watched.of(around.emulator.name(), around.emulator.pid()));
    long began = System.nanoTime();
    Waiting.until(() -> secondsSince(began) >= STEADY_SECONDS);
    double seconds = secondsSince(began);
    for (Watched process : watched) {
      ProcessFigures now = ProcessFigures.of(process.pid());
      out.printf(
          "at rest: %-10s %5.1f %% of a processor, %d MB resident, %d threads, %d descriptors%n",
          process.name(),
          100 * (now.cpuSeconds() - process.before().cpuSeconds()) / seconds,
          now.residentKilobytes() >> 10,
          now.threadCount(),
          now.descriptorCount());
    }
  }

  private record Watched(String name, long pid, ProcessFigures before) {
    static Watched of(String name, long pid) {
      return new Watched(name, pid, ProcessFigures.of(pid));
    }
  }

  /// A further test flow on so many links that about 100 agents get rules, and how long until the
  /// controller shows each one's acknowledgement. It shows ten times a second.
  private void push(Surroundings around) {
    Set<LinkId> chosen = new LinkedHashSet<>();
    Set<NodeId> touched = new LinkedHashSet<>();
    for (Link link : quiet.network().links().values()) {
      if (touched.size() < PUSHED_AGENTS) {
        chosen.add(link.id());
        touched.add(link.a());
        touched.add(link.b());
      }
    }
    Map<String, Integer> held = flows(around);
    String document = quiet.withSecondMode(chosen).document();
    Map<String, Double> acknowledged = new TreeMap<>();
    long began = System.nanoTime();
    Waiting.until(() -> isApplied(around, document));
    double applied = secondsSince(began);
    Waiting.until(() -> {
      flows(around)
          .forEach((node, count) -> {
            if (count > held.getOrDefault(node, 0)) {
              acknowledged.putIfAbsent(node, secondsSince(began));
            }
          });
      return acknowledged.size() >= touched.size();
    });
    double[] times = acknowledged.values().stream().mapToDouble(time -> time).toArray();
    Arrays.sort(times);
    out.printf(
        "push of a generation to %d agents: topology applied after %.2f s, acknowledgements shown"
            + " p50 %.2f s, p90 %.2f s%n",
        times.length, applied, times[times.length / 2], times[times.length * 9 / 10]);
  }

  private static Map<String, Integer> flows(Surroundings around) {
    Map<String, Integer> flows = new TreeMap<>();
    around.operator.nodes().forEach(node -> flows.put(node.getNode(), node.getInstalledFlows()));
    return flows;
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
