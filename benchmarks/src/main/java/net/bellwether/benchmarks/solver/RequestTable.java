package net.bellwether.benchmarks.solver;

import net.bellwether.benchmarks.Distribution;

/// One request at a time: a row for each network, choice of ends and floor.
final class RequestTable {
  private final Table table =
      new Table(
          "network",
          "nodes",
          "question",
          "ends",
          "floor",
          "requests",
          "p50 µs",
          "p99 µs",
          "worst µs",
          "p99 of processor time",
          "p50 of plans",
          "p99 of plans",
          "answered %",
          "of these proven best %",
          "mean gap of the rest",
          "proven infeasible % (too many hops)",
          "undecided %",
          "mean cost",
          "kB/request",
          "wrong claims");

  void add(Cell cell) {
    int all = cell.answers().size();
    int plans = cell.plans().size();
    Distribution nanos = cell.nanos();
    Distribution ofPlans = cell.nanosOfPlans();
    table.row(
        cell.network().name(),
        Table.count(cell.network().nodeCount()),
        cell.question().toString(),
        cell.choice().toString(),
        Double.toString(cell.minFidelity()),
        Table.count(all),
        Table.micros(nanos.p50()),
        Table.micros(nanos.p99()),
        Table.micros(nanos.worst()),
        Table.micros(cell.processorNanos().p99()),
        Table.micros(ofPlans.p50()),
        Table.micros(ofPlans.p99()),
        Table.percent(plans, all),
        Table.percent(cell.provenBest(), plans),
        Table.number(cell.meanGap()),
        "%s (%s)"
            .formatted(
                Table.percent(cell.provenInfeasible(), all), Table.percent(cell.tooFar(), all)),
        Table.percent(cell.undecided(), all),
        // A pair's seconds are small numbers; its milliseconds are not.
        cell.question().asksForRate()
            ? Table.number(cell.costs().mean() * 1e3) + " ms"
            : Table.number(cell.costs().mean()),
        Table.number(cell.bytes().p50() / 1e3),
        Table.count(cell.wrongClaims()));
  }

  String markdown() {
    return table.markdown();
  }
}
