package net.bellwether.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.Planner;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.scenario.Scenarios;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Time to plan one request between the first and the last end node of each scenario.
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class PlannerBenchmark {
  @Param({"cambridge-loop", "repeater-50km", "qit-chicago"})
  public String scenario = "";

  private NetworkView view;
  private Request pairs;
  private Request key;

  public PlannerBenchmark() {
    Network network =
        new Network(
            "empty", new java.util.LinkedHashMap<>(), new java.util.LinkedHashMap<>(), List.of());
    view = NetworkView.declared(network);
    pairs = Request.pairs(NodeId.of("a"), NodeId.of("b"), 0.9);
    key = Request.key(NodeId.of("a"), NodeId.of("b"));
  }

  @Setup
  public void read() {
    if (!(TopologyReader.read(scenario, Scenarios.document(scenario))
        instanceof TopologyReading.Valid(Network network))) {
      throw new IllegalStateException("scenario " + scenario + " is broken");
    }
    view = NetworkView.declared(network);
    List<NodeId> ends =
        network.nodes().values().stream()
            .filter(node -> node.role() == NodeRole.END_NODE)
            .map(Node::id)
            .toList();
    pairs = Request.pairs(ends.getFirst(), ends.getLast(), 0.9);
    key = Request.key(ends.getFirst(), ends.getLast());
  }

  @Benchmark
  public PlanOutcome pairsAboveAFidelityFloor() {
    return Planner.plan(view, pairs);
  }

  @Benchmark
  public PlanOutcome bestSecretKeyRate() {
    return Planner.plan(view, key);
  }
}
