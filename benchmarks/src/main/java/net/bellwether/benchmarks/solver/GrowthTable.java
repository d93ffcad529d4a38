package net.bellwether.benchmarks.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How measures grow with the number of nodes n, as n to the power of an exponent: least squares of
/// logarithms over the sizes measured.
final class GrowthTable {
  private record Point(int nodes, double measure) {}

  private final Map<String, List<Point>> series = new LinkedHashMap<>();

  void add(Cell cell) {
    String what =
        "%s hardware, ends %s, floor %s"
            .formatted(cell.network().hardware(), cell.choice(), cell.minFidelity());
    add(what + ", p50", cell.network().nodeCount(), cell.nanos().p50());
    add(what + ", p99", cell.network().nodeCount(), cell.nanos().p99());
  }

  void add(TestNetwork network, SnapshotTable.Measured measured) {
    String what = network.hardware() + " hardware, ";
    add(what + "snapshot memory", network.nodeCount(), measured.bytes());
    add(what + "build", network.nodeCount(), measured.buildNanos());
    add(what + "update", network.nodeCount(), measured.updateNanos());
  }

  private void add(String what, int nodes, double measure) {
    series.computeIfAbsent(what, _ -> new ArrayList<>()).add(new Point(nodes, measure));
  }

  String markdown() {
    Table table = new Table("Waxman networks", "sizes", "exponent", "R²");
    series.forEach((what, points) -> {
      Fit fit =
          Fit.of(
              points.stream().mapToDouble(point -> Math.log(point.nodes())).toArray(),
              points.stream().mapToDouble(point -> Math.log(point.measure())).toArray());
      table.row(
          what,
          "%s to %s"
              .formatted(
                  Table.count(points.getFirst().nodes()), Table.count(points.getLast().nodes())),
          Table.fixed(fit.slope(), 2),
          Table.fixed(fit.rSquared(), 3));
    });
    return table.markdown();
  }
}
