package net.bellwether.benchmarks.solver;

import java.util.List;
import net.bellwether.benchmarks.Distribution;

/// The solver beside what a user would write without it.
final class BaselineTable {
  private final Table table =
      new Table(
          "network",
          "nodes",
          "question",
          "ends",
          "floor",
          "requests",
          "solver p50 µs",
          "Yen by lost fidelity p50 µs",
          "of this paths alone",
          "Yen by hops p50 µs",
          "of this paths alone",
          "Dijkstra by hops p50 µs",
          "times as fast, p50",
          "p1",
          "in total",
          "cost ratio, mean",
          "worst",
          "plans: both",
          "only solver",
          "only baseline",
          "cheaper baseline",
          "proofs refuted",
          "Dijkstra's path serves");

  private long violations;
  private long refutations;

  void add(
      TestNetwork network,
      Question question,
      Ends.Choice choice,
      double minFidelity,
      List<Comparison> comparisons) {
    List<Comparison> both =
        comparisons.stream().filter(c -> c.solver().isPlan() && c.baselineHasPlan()).toList();
    long onlyBaseline =
        comparisons.stream().filter(c -> !c.solver().isPlan() && c.baselineHasPlan()).count();
    long cheaper = comparisons.stream().filter(Comparison::isCheaperBaseline).count();
    long refuted = comparisons.stream().filter(Comparison::isRefuted).count();
    violations += onlyBaseline + cheaper;
    refutations += refuted;
    Distribution faster =
        Distribution.of(comparisons, c -> (double) c.baselineNanos() / c.solver().nanos());
    Distribution costs = Distribution.of(both, c -> c.baselineCost() / c.solver().cost());
    Distribution solver = Distribution.of(comparisons, c -> c.solver().nanos());
    Distribution baseline = Distribution.of(comparisons, Comparison::baselineNanos);
    table.row(
        network.title(),
        Table.count(network.nodeCount()),
        question.toString(),
        choice.toString(),
        Double.toString(minFidelity),
        Table.count(comparisons.size()),
        Table.micros(solver.p50()),
        Table.micros(Distribution.of(comparisons, c -> c.byFidelity().nanos()).p50()),
        Table.micros(Distribution.of(comparisons, c -> c.byFidelity().pathNanos()).p50()),
        Table.micros(Distribution.of(comparisons, c -> c.byHops().nanos()).p50()),
        Table.micros(Distribution.of(comparisons, c -> c.byHops().pathNanos()).p50()),
        Table.micros(Distribution.of(comparisons, Comparison::dijkstraNanos).p50()),
        Table.number(faster.p50()),
        Table.number(faster.quantile(0.01)),
        Table.number(baseline.mean() / solver.mean()),
        Table.ratio(costs.mean()),
        Table.ratio(costs.worst()),
        Table.count(both.size()),
        Table.count(
            comparisons.stream().filter(c -> c.solver().isPlan() && !c.baselineHasPlan()).count()),
        Table.count(onlyBaseline),
        Table.count(cheaper),
        Table.count(refuted),
        Table.count(comparisons.stream().filter(c -> !Double.isNaN(c.dijkstraCost())).count()));
  }

  /// Requests for which the baseline had a cheaper plan, or one where the solver had none.
  long violations() {
    return violations;
  }

  /// Of these, requests for which the solver had called its own answer proven.
  long refutations() {
    return refutations;
  }

  String markdown() {
    return table.markdown();
  }
}
