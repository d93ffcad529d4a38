package net.bellwether.benchmarks.solver;

import java.util.List;
import net.bellwether.benchmarks.Distribution;

/// Whether the search itself allocates: if it did, bytes would grow with the plans looked at.
final class AllocationTable {
  private final Table table =
      new Table(
          "network",
          "nodes",
          "question",
          "floor",
          "bytes p50",
          "bytes p99",
          "bytes worst",
          "candidates p50",
          "candidates worst",
          "bytes per further candidate",
          "R²");

  void add(Cell cell) {
    List<Answer> answers = cell.answers();
    Distribution candidates = Distribution.of(answers, AllocationTable::candidates);
    Distribution bytes = cell.bytes();
    Fit fit =
        Fit.of(
            answers.stream().mapToDouble(AllocationTable::candidates).toArray(),
            answers.stream().mapToDouble(Answer::bytes).toArray());
    table.row(
        cell.network().title(),
        Table.count(cell.network().nodeCount()),
        cell.question().toString(),
        Double.toString(cell.minFidelity()),
        Table.number(bytes.p50()),
        Table.number(bytes.p99()),
        Table.number(bytes.worst()),
        Table.number(candidates.p50()),
        Table.number(candidates.worst()),
        Table.number(fit.slope()),
        Table.fixed(fit.rSquared(), 3));
  }

  private static double candidates(Answer answer) {
    return answer.solution().effort().candidates();
  }

  String markdown() {
    return table.markdown();
  }
}
