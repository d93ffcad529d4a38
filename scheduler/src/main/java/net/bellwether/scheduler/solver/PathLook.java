package net.bellwether.scheduler.solver;

import java.util.Arrays;

/// Good plans over one path, quickly: for every span of it, from short to long, a few ways to make
/// a pair, from cheap to fine; by swaps of what its two parts have, and nested purification. Of
/// Bell-diagonal states only the fidelity counts when ways are compared.
final class PathLook {
  /// Of the ways over a span, those stay whose error is below this part of a cheaper one's, or
  /// below less of it where that would be more ways than the budget allows.
  private static final double FINEST_STEP = 0.87;

  private static final double FEWEST_WAYS = 2;

  private static final double LEAST_ERROR = 1e-9;

  /// Purification goes on as long as it takes off this part of the error.
  private static final double WORTHWHILE = 0.02;

  private final Labels labels;
  private final BellStates bellStates;
  private boolean bell;
  private int[] made = new int[256];
  private int madeCount;
  private long candidates;

  PathLook(Labels labels) {
    this.labels = labels;
    this.bellStates = new BellStates(labels);
  }

  long candidates() {
    return candidates;
  }

  /// Labels over the whole path that no other beats in both, cheapest first. `path` are its `count`
  /// nodes, in order. How closely it looks goes by `budget`; once twice that is spent, no more
  /// swaps are tried.
  int[] ways(Metric metric, int[] path, int count, boolean bell, long budget) {
    this.bell = bell;
    candidates = 0;
    labels.clear();
    int links = count - 1;
    double ways = ways(links, budget);
    int[][][] spans = new int[links][links][];
    for (int length = 1; length <= links; length++) {
      for (int from = 0; from + length <= links; from++) {
        int to = from + length - 1;
        madeCount = 0;
        if (length == 1) {
          generate(metric, path[from], path[from + 1]);
        }
        for (int cut = from; cut < to && candidates < 2 * budget; cut++) {
          swapAll(metric, path[cut + 1], spans[from][cut], spans[cut + 1][to]);
        }
        thin(ways, length == links);
        purify(metric, path[from], path[to + 1]);
        thin(ways, length == links);
        spans[from][to] = Arrays.copyOf(made, madeCount);
      }
    }
    return spans[0][links - 1];
  }

  /// A look at fewer candidates tends not to reach the other end.
  static long leastBudget(int links) {
    return (long) (2 * cube(links));
  }

  private static double cube(int links) {
    return (double) links * links * links;
  }

  /// About a sixth of the cube of links times the square of ways are swaps; that shall be within
  /// the budget.
  private static double ways(int links, long budget) {
    // Beside them the finest stays.
    return Math.max(FEWEST_WAYS, Math.sqrt(6.0 * budget / cube(links)) - 1);
  }

  /// Keeps about `ways` of what nothing cheaper is as fine as, from the cheapest to the finest; all
  /// of it at the root.
  private void thin(double ways, boolean atRoot) {
    keepFront(1);
    if (madeCount > 0 && !atRoot) {
      double errors = error(made[madeCount - 1]) / error(made[0]);
      keepFront(Math.min(FINEST_STEP, StrictMath.pow(errors, 1 / ways)));
    }
  }

  private double error(int label) {
    return Math.max(LEAST_ERROR, 1 - labels.werner[label]);
  }

  private void generate(Metric metric, int u, int v) {
    Usable usable = metric.usable;
    NetworkSnapshot snapshot = usable.snapshot;
    for (int arc = snapshot.firstArc(u); arc < snapshot.firstArc(u + 1); arc++) {
      int link = snapshot.arcLink(arc);
      if (snapshot.arcTo(arc) != v || !usable.mayCross(link, v)) {
        continue;
      }
      for (int mode = snapshot.firstMode(link); mode < snapshot.firstMode(link + 1); mode++) {
        if (snapshot.rate(mode) > 0) {
          double cost = metric.terms.cost(snapshot, link, mode);
          if (bell) {
            bellStates.take(snapshot.origin(mode).state());
          }
          add(u, v, cost, snapshot.werner(mode), 0, 0, Labels.generated(mode));
        }
      }
    }
  }

  private void swapAll(Metric metric, int at, int[] lefts, int[] rights) {
    NetworkSnapshot snapshot = metric.usable.snapshot;
    double factor = snapshot.swapFactor(at);
    double success = snapshot.swapSuccess(at);
    boolean addsUp = metric.terms.addsUp();
    for (int left : lefts) {
      for (int right : rights) {
        candidates++;
        double werner;
        if (bell) {
          bellStates.swap(left, right, snapshot, at);
          werner = bellStates.resultWerner();
        } else {
          werner = factor * labels.werner[left] * labels.werner[right];
        }
        if (werner > Werner.USELESS) {
          double one = labels.cost[left];
          double other = labels.cost[right];
          double cost = (addsUp ? one + other : Math.max(one, other)) / success;
          int u = labels.other(left, at);
          int v = labels.other(right, at);
          add(u, v, cost, werner, left, right, at);
        }
      }
    }
  }

  private void purify(Metric metric, int u, int v) {
    NetworkSnapshot snapshot = metric.usable.snapshot;
    double gates = snapshot.bothGates(u, v);
    double misread = snapshot.misread(u, v);
    for (int i = 0; i < madeCount; i++) {
      int label = made[i];
      double w = labels.werner[label];
      for (int protocol = Labels.BBPSSW; protocol >= Labels.DEJMPS; protocol--) {
        candidates++;
        double p;
        double purer;
        if (bell) {
          p = bellStates.purify(label, label, protocol, gates, misread);
          purer = bellStates.resultWerner();
        } else {
          p = Werner.success(gates, misread, w, w);
          purer = Werner.purified(gates, misread, w, w, p);
        }
        if (p > 0 && purer > w + WORTHWHILE * (1 - w)) {
          add(u, v, 2 * labels.cost[label] / p, purer, label, label, protocol);
        }
        if (!bell) {
          break;
        }
      }
    }
  }

  private void add(int u, int v, double cost, double werner, int left, int right, int how) {
    labels.makeRoom(bell, false);
    int label = labels.count++;
    if (bell) {
      bellStates.store(label);
    }
    labels.u[label] = u;
    labels.v[label] = v;
    labels.cost[label] = cost;
    labels.werner[label] = werner;
    labels.left[label] = left;
    labels.right[label] = right;
    labels.how[label] = how;
    if (madeCount == made.length) {
      made = Arrays.copyOf(made, 2 * madeCount);
    }
    made[madeCount++] = label;
  }

  /// Keeps what nothing cheaper is as fine as, and of that only steps: each with an error of at
  /// most `step` times the one before. The finest always stays.
  private void keepFront(double step) {
    sort();
    int kept = 0;
    double error = Double.POSITIVE_INFINITY;
    double best = 0;
    int finest = -1;
    for (int i = 0; i < madeCount; i++) {
      int label = made[i];
      double werner = labels.werner[label];
      if (werner <= best) {
        continue;
      }
      best = werner;
      finest = label;
      if (1 - werner <= step * error) {
        made[kept++] = label;
        error = 1 - werner;
      }
    }
    if (finest >= 0 && made[kept - 1] != finest) {
      made[kept++] = finest;
    }
    madeCount = kept;
  }

  /// By cost, of equals the finer first: a heap sort in place.
  private void sort() {
    for (int i = madeCount / 2 - 1; i >= 0; i--) {
      sink(i, madeCount);
    }
    for (int end = madeCount - 1; end > 0; end--) {
      int last = made[end];
      made[end] = made[0];
      made[0] = last;
      sink(0, end);
    }
  }

  private void sink(int start, int size) {
    int at = start;
    int label = made[at];
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && isBefore(made[child], made[child + 1])) {
        child++;
      }
      if (!isBefore(label, made[child])) {
        break;
      }
      made[at] = made[child];
      at = child;
    }
    made[at] = label;
  }

  private boolean isBefore(int one, int other) {
    double cost = labels.cost[one];
    double otherCost = labels.cost[other];
    return cost != otherCost ? cost < otherCost : labels.werner[one] > labels.werner[other];
  }
}
