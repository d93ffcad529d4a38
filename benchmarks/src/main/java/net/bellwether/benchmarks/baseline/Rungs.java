package net.bellwether.benchmarks.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// For each link of a path the rung of its ladder that it stands on.
final class Rungs {
  private final List<List<Pair>> ladders;
  private final int[] rung;
  private double w = 1;

  private Rungs(List<List<Pair>> ladders) {
    this.ladders = ladders;
    rung = new int[ladders.size()];
    for (List<Pair> ladder : ladders) {
      w *= ladder.getFirst().w();
    }
  }

  /// Rungs of which the product of w is at least `minW`. Links climb, one step at a time, where it
  /// pays most: to the cheapest next pair where the slowest link counts, else with the most log w
  /// gained for the cost added. Then each climbs down as far as the floor allows, dearest first.
  static Optional<Rungs> meeting(double minW, List<List<Pair>> ladders, boolean slowestCounts) {
    Rungs rungs = new Rungs(ladders);
    while (rungs.w < minW) {
      Optional<Step> step = rungs.bestStep(slowestCounts);
      if (step.isEmpty()) {
        return Optional.empty();
      }
      rungs.stand(step.get().link(), step.get().rung());
    }
    rungs.descend(minW);
    return Optional.of(rungs);
  }

  List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int link = 0; link < rung.length; link++) {
      pairs.add(at(link, rung[link]));
    }
    return pairs;
  }

  private record Step(int link, int rung, double merit) {}

  private Optional<Step> bestStep(boolean slowestCounts) {
    Optional<Step> best = Optional.empty();
    for (int link = 0; link < rung.length; link++) {
      Pair now = at(link, rung[link]);
      for (int next = rung[link] + 1; next < ladders.get(link).size(); next++) {
        Pair then = at(link, next);
        double merit =
            slowestCounts
                ? -then.cost()
                : Math.log(then.w() / now.w()) / (then.cost() - now.cost());
        if (best.isEmpty() || merit > best.get().merit()) {
          best = Optional.of(new Step(link, next, merit));
        }
      }
    }
    return best;
  }

  private void descend(double minW) {
    Optional<Step> step = dearestSpare(minW);
    while (step.isPresent()) {
      stand(step.get().link(), step.get().rung());
      step = dearestSpare(minW);
    }
  }

  private Optional<Step> dearestSpare(double minW) {
    Optional<Step> best = Optional.empty();
    for (int link = 0; link < rung.length; link++) {
      Pair now = at(link, rung[link]);
      for (int lower = 0; lower < rung[link]; lower++) {
        Pair then = at(link, lower);
        double saved = now.cost() - then.cost();
        if (w / now.w() * then.w() >= minW && (best.isEmpty() || saved > best.get().merit())) {
          best = Optional.of(new Step(link, lower, saved));
        }
      }
    }
    return best;
  }

  private void stand(int link, int next) {
    w *= at(link, next).w() / at(link, rung[link]).w();
    rung[link] = next;
  }

  private Pair at(int link, int step) {
    return ladders.get(link).get(step);
  }
}
