package net.bellwether.benchmarks.solver;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import net.bellwether.benchmarks.MachineLine;
import net.bellwether.benchmarks.baseline.PathBaseline;
import net.bellwether.scheduler.request.Limits;
import net.bellwether.topology.atlas.Atlas;
import net.bellwether.topology.generate.NetworkModel;

/// Measures the solver on networks of 100 to 100,000 nodes and writes the report. Networks and
/// requests come from fixed seeds; only the times differ from run to run.
public final class SolverBenchmark {
  static final long NETWORK_SEED = 7;
  static final List<Double> FLOORS = List.of(0.8, 0.9, 0.95);

  /// Beyond it a search that is exact has far more to look at, and the table says enough.
  private static final int OTHER_QUESTIONS_NODES_MAX = 1_000;

  /// Above it, ends drawn anywhere are mostly farther apart than any plan reaches.
  private static final int ANYWHERE_COMPARED_NODES_MAX = 1_000;

  /// Requests that the shortest paths of a graph library answer in bearable time.
  private static final long COMPARED_NODES_TOTAL = 200_000;

  private static final int COMPARED_WARM_UP_PART = 10;
  private static final int COMPARED_MIN = 2;
  private static final int BUDGETS_NODES_MIN = 1_000;

  /// Requests that a row has time for even if each uses up its budget.
  private static final int HARD_REQUESTS_MIN = 10;

  private static final int FIRST_WARM_UP = 5_000;

  private final PrintWriter progress = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
  private final Options options;
  private final Report report = new Report();

  private SolverBenchmark(Options options) {
    this.options = options;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try {
      new SolverBenchmark(Options.parse(arguments)).run();
    } catch (IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage());
      System.err.println("usage: benchmarks/run solver " + Options.USAGE);
      System.exit(2);
    }
  }

  private void run() throws IOException, InterruptedException {
    int middle =
        options.sizes().stream()
            .filter(size -> size <= 1_000)
            .max(Integer::compare)
            .orElse(options.sizes().getFirst());
    progress.println("fresh JVMs, " + middle + " nodes");
    report.freshStart(middle, options, FreshStart.markdown(middle, options));
    warmUp(middle);
    for (Hardware hardware : Hardware.values()) {
      for (int nodes : options.sizes()) {
        measure(TestNetwork.generated(NetworkModel.WAXMAN, nodes, NETWORK_SEED, hardware));
      }
    }
    for (NetworkModel model : List.of(NetworkModel.GRID, NetworkModel.BARABASI_ALBERT)) {
      for (int nodes : options.sizes()) {
        if (nodes <= OTHER_QUESTIONS_NODES_MAX || (model == NetworkModel.GRID && nodes <= 10_000)) {
          measure(TestNetwork.generated(model, nodes, NETWORK_SEED, Hardware.STANDARD));
        }
      }
    }
    for (Hardware hardware : Hardware.values()) {
      for (String map : Atlas.names()) {
        measure(TestNetwork.mapped(map, hardware));
      }
    }
    System.out.print(text());
    progress.println(report.verdict());
  }

  private String text() {
    return report.markdown(options, MachineLine.text());
  }

  /// After every network, as a run may take long.
  private void write() throws IOException {
    if (options.out().isPresent()) {
      Files.writeString(options.out().get(), text());
    }
  }

  private void warmUp(int nodes) {
    TestNetwork network =
        TestNetwork.generated(NetworkModel.WAXMAN, nodes, NETWORK_SEED + 1, Hardware.STANDARD);
    int requests = Math.min(options.coldRequests(), FIRST_WARM_UP);
    Cell.Draw draw = Cell.Draw.of(network, Ends.Choice.ANYWHERE, 0, requests);
    for (Question question : Question.values()) {
      cell(network, question, Ends.Choice.ANYWHERE, FLOORS.get(1), options.smallBudget(), draw);
    }
  }

  private void measure(TestNetwork network) throws IOException {
    boolean waxman = network.name().equals(NetworkModel.WAXMAN.toString());
    for (Ends.Choice choice : Ends.Choice.values()) {
      if (!waxman && choice == Ends.Choice.NEAR && network.nodeCount() <= 1_000) {
        continue;
      }
      Cell.Draw draw = Cell.Draw.of(network, choice, options.warmUp(), options.requests());
      for (double floor : FLOORS) {
        Cell cell = cell(network, Question.CHEAPEST, choice, floor, options.budget(), draw);
        report.add(cell);
        if (waxman) {
          report.growth().add(cell);
        }
        if (waxman && isForBudgets(network, choice)) {
          List<Cell> cells = new ArrayList<>();
          for (long budget : options.budgets()) {
            cells.add(
                budget == options.budget()
                    ? cell
                    : cell(network, Question.CHEAPEST, choice, floor, budget, draw));
          }
          report.budgets().add(cells);
        }
      }
    }
    if (waxman && network.nodeCount() <= OTHER_QUESTIONS_NODES_MAX) {
      otherQuestions(network);
    }
    if (waxman) {
      compare(network);
    }
    progress.println("snapshot, " + network.nodeCount() + " nodes");
    List<Ends> near = Ends.draw(network, Ends.Choice.NEAR, options.requests(), NETWORK_SEED);
    SnapshotTable.Measured measured = report.snapshots().add(network, near, options.smallBudget());
    if (waxman) {
      report.growth().add(network, measured);
    }
    write();
  }

  private boolean isForBudgets(TestNetwork network, Ends.Choice choice) {
    return network.nodeCount() >= Math.min(BUDGETS_NODES_MIN, options.sizes().getLast())
        && choice == (network.nodeCount() > 1_000 ? Ends.Choice.NEAR : Ends.Choice.ANYWHERE);
  }

  private void otherQuestions(TestNetwork network) {
    Cell.Draw draw =
        Cell.Draw.of(network, Ends.Choice.ANYWHERE, options.warmUp(), options.requests());
    for (Question question : Question.values()) {
      if (question != Question.CHEAPEST) {
        for (double floor : FLOORS) {
          report.add(cell(network, question, Ends.Choice.ANYWHERE, floor, options.budget(), draw));
        }
      }
    }
  }

  private Cell cell(
      TestNetwork network,
      Question question,
      Ends.Choice choice,
      double floor,
      long budget,
      Cell.Draw draw) {
    progress.printf(
        "%s, %s, %d nodes, %s, %s, floor %s, budget %d%n",
        network.name(), network.hardware(), network.nodeCount(), question, choice, floor, budget);
    System.gc();
    return Cell.measure(
        network,
        question,
        choice,
        floor,
        budget,
        Math.max(options.rowWork(), HARD_REQUESTS_MIN * budget),
        draw);
  }

  private void compare(TestNetwork network) {
    Ends.Choice choice =
        network.nodeCount() <= ANYWHERE_COMPARED_NODES_MAX
            ? Ends.Choice.ANYWHERE
            : Ends.Choice.NEAR;
    PathBaseline baseline = new PathBaseline(network.view(), Limits.DEFAULT_MAX_HOPS);
    int requests =
        Math.clamp(COMPARED_NODES_TOTAL / network.nodeCount(), COMPARED_MIN, options.requests());
    List<Ends> ends = Ends.draw(network, choice, requests, NETWORK_SEED);
    List<Ends> warmUp =
        Ends.draw(
            network,
            choice,
            Math.min(requests / COMPARED_WARM_UP_PART + 1, options.warmUp()),
            NETWORK_SEED + 1);
    List<Question> questions =
        network.nodeCount() <= OTHER_QUESTIONS_NODES_MAX
            ? List.of(Question.CHEAPEST, Question.PAIR_RATE)
            : List.of(Question.CHEAPEST);
    // On large networks a shortest path takes about a second, whatever the floor.
    List<Double> floors =
        network.nodeCount() <= OTHER_QUESTIONS_NODES_MAX ? FLOORS : FLOORS.subList(1, 2);
    for (Question question : questions) {
      for (double floor : floors) {
        progress.printf(
            "baseline, %s, %d nodes, %s, floor %s, %d requests%n",
            network.hardware(), network.nodeCount(), question, floor, requests);
        Comparison.all(
            network, baseline, question, warmUp, floor, options.budget(), options.rowWork() / 10);
        report
            .baselines()
            .add(
                network,
                question,
                choice,
                floor,
                Comparison.all(
                    network, baseline, question, ends, floor, options.budget(), options.rowWork()));
      }
    }
  }
}
