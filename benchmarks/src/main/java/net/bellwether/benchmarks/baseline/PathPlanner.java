package net.bellwether.benchmarks.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.bellwether.topology.Node;

/// A cheap plan along one path whose links are purified before anything is swapped. First the rung
/// of every link's ladder is chosen so that the floor is met at little cost; then the order of
/// swaps is the cheapest one, by dynamic programming over the path's intervals. Where no rungs meet
/// the floor, the pair of the whole path is purified too.
///
/// An exact choice of rungs (fronts of cost and w for every interval) was tried: it takes seconds
/// on paths of sixteen links, where this takes microseconds.
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

  /// The cheapest plan found of at least `minW`, if it costs less than `costLimit`.
  Optional<Pair> best(double minW, double costLimit) {
    Optional<Rungs> rungs = Rungs.meeting(minW / swaps(), ladders, algebra.seconds());
    return rungs.isPresent()
        ? Optional.of(cheapestOrder(rungs.get().pairs())).filter(pair -> pair.cost() < costLimit)
        : purifyingTheWhole(minW, costLimit);
  }

  /// What all swaps together leave of w.
  private double swaps() {
    double left = 1;
    for (Node at : nodes.subList(1, nodes.size() - 1)) {
      left *= WernerAlgebra.swapFactor(at);
    }
    return left;
  }

  /// Every link at the same rung of its ladder, the cheapest order of swaps, then nested rounds on
  /// the whole: the cheapest rung that meets the floor.
  private Optional<Pair> purifyingTheWhole(double minW, double costLimit) {
    int rungs = ladders.stream().mapToInt(List::size).max().orElse(0);
    Optional<Pair> best = Optional.empty();
    double limit = costLimit;
    for (int rung = 0; rung < rungs; rung++) {
      int wanted = rung;
      Pair whole =
          cheapestOrder(
              ladders.stream()
                  .map(ladder -> ladder.get(Math.min(wanted, ladder.size() - 1)))
                  .toList());
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

  private Pair cheapestOrder(List<Pair> links) {
    int count = links.size();
    List<List<Pair>> cheapest = new ArrayList<>();
    for (Pair link : links) {
      cheapest.add(new ArrayList<>(List.of(link)));
    }
    for (int length = 2; length <= count; length++) {
      for (int from = 0; from + length <= count; from++) {
        Optional<Pair> best = Optional.empty();
        for (int first = 1; first < length; first++) {
          Pair tried =
              algebra.swapped(
                  cheapest.get(from).get(first - 1),
                  cheapest.get(from + first).get(length - first - 1),
                  nodes.get(from + first));
          if (best.isEmpty() || tried.cost() < best.get().cost()) {
            best = Optional.of(tried);
          }
        }
        cheapest.get(from).add(best.orElseThrow());
      }
    }
    return cheapest.getFirst().getLast();
  }
}
