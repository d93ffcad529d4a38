package net.bellwether.benchmarks.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.bellwether.topology.Node;

/// The cheapest plan along one path whose links are purified before anything is swapped, by dynamic
/// programming over the path's intervals: each keeps the pairs that no other beats in cost and w,
/// so the order of swaps and the purification of every link are the best of that kind. Where no
/// such plan meets the floor, the pair of the whole path is purified too.
final class PathPlanner {
  private static final int END_TO_END_ROUNDS_MAX = 8;

  private final WernerAlgebra algebra;

  /// The nodes along the path, and what each link between two of them can make.
  private final List<Node> nodes;

  private final List<List<Pair>> ladders;

  PathPlanner(WernerAlgebra algebra, List<Node> nodes, List<List<Pair>> ladders) {
    this.algebra = algebra;
    this.nodes = nodes;
    this.ladders = ladders;
  }

  /// The cheapest plan of at least `minW` that costs less than `costLimit`.
  Optional<Pair> best(double minW, double costLimit) {
    Pair raw = cheapestOrder(0);
    if (raw.w() >= minW) {
      // Purification only adds to the cost.
      return raw.cost() < costLimit ? Optional.of(raw) : Optional.empty();
    }
    Optional<Pair> links = purifyingLinks(minW, costLimit);
    return links.isPresent() ? links : purifyingTheWhole(minW, costLimit);
  }

  private Optional<Pair> purifyingLinks(double minW, double costLimit) {
    int links = ladders.size();
    double[] reachable = new double[links];
    double all = 1;
    for (int i = 0; i < links; i++) {
      reachable[i] = ladders.get(i).getLast().w();
      all *= reachable[i] * (i > 0 ? WernerAlgebra.swapFactor(nodes.get(i)) : 1);
    }
    if (all < minW) {
      return Optional.empty();
    }
    List<List<List<Pair>>> intervals = new ArrayList<>();
    for (int i = 0; i < links; i++) {
      intervals.add(new ArrayList<>());
    }
    for (int length = 1; length <= links; length++) {
      for (int from = 0; from + length <= links; from++) {
        double within = 1;
        for (int i = from; i < from + length; i++) {
          within *= reachable[i] * (i > from ? WernerAlgebra.swapFactor(nodes.get(i)) : 1);
        }
        // What the interval must reach for the rest, at its best, to meet the floor.
        double needed = minW * within / all;
        intervals.get(from).add(interval(intervals, from, length, needed, costLimit));
      }
    }
    List<Pair> whole = intervals.getFirst().getLast();
    return whole.stream().filter(pair -> pair.w() >= minW).findFirst();
  }

  private List<Pair> interval(
      List<List<List<Pair>>> intervals, int from, int length, double needed, double costLimit) {
    // The bound and the products it is compared with are rounded differently.
    double least = needed * (1 - 1e-12);
    List<Pair> pairs = new ArrayList<>();
    if (length == 1) {
      for (Pair pair : ladders.get(from)) {
        if (pair.w() >= least && pair.cost() < costLimit) {
          pairs.add(pair);
        }
      }
    }
    for (int first = 1; first < length; first++) {
      Node at = nodes.get(from + first);
      double factor = WernerAlgebra.swapFactor(at);
      for (Pair left : intervals.get(from).get(first - 1)) {
        for (Pair right : intervals.get(from + first).get(length - first - 1)) {
          if (left.w() * right.w() * factor >= least
              && algebra.swapCost(left.cost(), right.cost(), at) < costLimit) {
            pairs.add(algebra.swapped(left, right, at));
          }
        }
      }
    }
    return Front.of(pairs);
  }

  /// Every link at the same rung of its ladder, the cheapest order of swaps, then nested rounds on
  /// the whole: the cheapest rung that meets the floor.
  private Optional<Pair> purifyingTheWhole(double minW, double costLimit) {
    int rungs = ladders.stream().mapToInt(List::size).max().orElse(0);
    Optional<Pair> best = Optional.empty();
    double limit = costLimit;
    for (int rung = 0; rung < rungs; rung++) {
      Pair whole = cheapestOrder(rung);
      for (int round = 0; round < END_TO_END_ROUNDS_MAX && whole.w() < minW; round++) {
        Pair next = algebra.purified(whole, whole, nodes.getFirst(), nodes.getLast());
        if (next.w() <= whole.w() || next.cost() >= limit) {
          break;
        }
        whole = next;
      }
      if (whole.w() >= minW && whole.cost() < limit) {
        best = Optional.of(whole);
        limit = whole.cost();
      }
    }
    return best;
  }

  private Pair cheapestOrder(int rung) {
    int links = ladders.size();
    Pair[][] cheapest = new Pair[links][links + 1];
    for (int i = 0; i < links; i++) {
      List<Pair> ladder = ladders.get(i);
      cheapest[i][i + 1] = ladder.get(Math.min(rung, ladder.size() - 1));
    }
    for (int length = 2; length <= links; length++) {
      for (int from = 0; from + length <= links; from++) {
        int to = from + length;
        for (int at = from + 1; at < to; at++) {
          Pair tried = algebra.swapped(cheapest[from][at], cheapest[at][to], nodes.get(at));
          if (at == from + 1 || tried.cost() < cheapest[from][to].cost()) {
            cheapest[from][to] = tried;
          }
        }
      }
    }
    return cheapest[0][links];
  }
}
