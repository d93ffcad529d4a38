package net.bellwether.benchmarks.solver;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.benchmarks.Distribution;

/// The same requests with less work allowed: what it saves in time, and what it loses.
final class BudgetTable {
  private final Table table =
      new Table(
          "network",
          "nodes",
          "ends",
          "floor",
          "work budget",
          "requests",
          "p50 µs",
          "p99 µs",
          "worst µs",
          "answered %",
          "of these proven best %",
          "mean gap of the rest",
          "undecided %",
          "cost against the default budget, mean",
          "worst");

  /// The same requests with each budget, the default one first.
  void add(List<Cell> cells) {
    cells.forEach(cell -> row(cell, cells.getFirst()));
  }

  private void row(Cell cell, Cell standard) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(cell.answers().size(), standard.answers().size()); i++) {
      Answer one = cell.answers().get(i);
      Answer other = standard.answers().get(i);
      if (one.isPlan() && other.isPlan()) {
        ratios.add(one.cost() / other.cost());
      }
    }
    Distribution ratio = Distribution.of(ratios, Double::doubleValue);
    int all = cell.answers().size();
    int plans = cell.plans().size();
    Distribution nanos = cell.nanos();
    table.row(
        cell.network().title(),
        Table.count(cell.network().nodeCount()),
        cell.choice().toString(),
        Double.toString(cell.minFidelity()),
        Table.count(cell.workBudget()),
        Table.count(all),
        Table.micros(nanos.p50()),
        Table.micros(nanos.p99()),
        Table.micros(nanos.worst()),
        Table.percent(plans, all),
        Table.percent(cell.provenBest(), plans),
        Table.number(cell.meanGap()),
        Table.percent(cell.undecided(), all),
        Table.ratio(ratio.mean()),
        Table.ratio(ratio.worst()));
  }

  String markdown() {
    return table.markdown();
  }
}
