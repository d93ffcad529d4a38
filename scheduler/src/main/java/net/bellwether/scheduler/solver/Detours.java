package net.bellwether.scheduler.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Paths worth a look besides the one that the bound likes best: those of least cost, of least loss
/// and of fewest links, in turn, and then such as keep away from the nodes of the ones before.
final class Detours {
  private static final double BREAKS_TIES = 1e-4;

  /// A node on a path before makes a link to it longer by this part.
  private static final double AVOIDED = 0.5;

  private enum By {
    LINKS,
    LOSS,
    COST
  }

  private final Metric metric;
  private final List<int[]> seen = new ArrayList<>();
  private int[] uses = {};
  private int counted;
  private int turn;

  Detours(Metric metric) {
    this.metric = metric;
  }

  static Lengths fewestLinks(Metric metric) {
    return (node, next, link) -> length(metric, By.LINKS, node, next, link);
  }

  /// Whether the path is new; from now on it is known.
  boolean isNew(int[] path) {
    for (int[] before : seen) {
      if (Arrays.equals(before, path)) {
        return false;
      }
    }
    seen.add(path);
    return true;
  }

  /// Lengths of links under which the shortest path is the next to look at.
  Lengths next() {
    By by = By.values()[turn++ % By.values().length];
    countUses();
    return (node, next, link) -> length(metric, by, node, next, link) * (1 + AVOIDED * uses[next]);
  }

  private void countUses() {
    int nodes = metric.usable.snapshot.nodeCount();
    if (uses.length < nodes) {
      uses = new int[nodes];
    }
    for (; counted < seen.size(); counted++) {
      for (int node : seen.get(counted)) {
        uses[node]++;
      }
    }
  }

  private static double length(Metric metric, By by, int node, int next, int link) {
    NetworkSnapshot snapshot = metric.usable.snapshot;
    double cost = Double.POSITIVE_INFINITY;
    double loss = Double.POSITIVE_INFINITY;
    for (int mode = snapshot.firstMode(link); mode < snapshot.firstMode(link + 1); mode++) {
      if (snapshot.rate(mode) > 0) {
        cost = Math.min(cost, metric.terms.cost(snapshot, link, mode));
        loss = Math.min(loss, metric.loss(mode));
      }
    }
    double shared = Math.max(0, metric.shared(node, next, loss));
    return switch (by) {
      case LINKS -> cost < Double.POSITIVE_INFINITY ? 1 + BREAKS_TIES * shared : cost;
      case LOSS -> shared;
      case COST -> cost;
    };
  }
}
