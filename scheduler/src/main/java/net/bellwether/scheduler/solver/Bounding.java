package net.bellwether.scheduler.solver;

import java.util.Arrays;
import java.util.List;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.request.StateModel;

/// Chooses the metric of a request and finds distances under it, as far as they are wanted.
final class Bounding {
  /// Multipliers tried: from the slackest to the tightest, each this much larger.
  private static final double STEP = 1.6;

  private static final int STEPS = 24;

  /// A multiplier is looked for again where that raises the bound by this.
  private static final double WORTHWHILE = 1.02;

  private final Usable usable;
  private final Request request;
  private final Scratch scratch;
  private final Terms terms;
  private Metric metric;
  private int[] path = new int[32];
  private int pathNodes;
  private double pathLength;

  Bounding(Usable usable, Request request, Scratch scratch) {
    this.usable = usable;
    this.request = request;
    this.scratch = scratch;
    this.terms = Terms.of(request);
    this.metric =
        new Metric.Timed(
            usable.snapshot.relaxations(request.states()).getFirst(),
            usable,
            terms,
            request.states());
  }

  Metric metric() {
    return metric;
  }

  /// The length of the shortest path between the ends: no plan has less.
  double pathLength() {
    return pathLength;
  }

  /// Chooses the metric under which the shortest path says most of a floor; false where no path
  /// joins the ends.
  boolean findPath(double floorLoss) {
    List<Relaxation> rules = usable.snapshot.relaxations(request.states());
    if (!terms.addsUp()) {
      metric = new Metric.Timed(rules.getFirst(), usable, terms, request.states());
      return measure();
    }
    metric = new Metric.Priced(rules.getFirst(), usable, terms, request.states(), 0);
    Metric.Priced guess = guess(rules.getFirst(), floorLoss);
    metric = guess;
    if (!measure()) {
      return false;
    }
    double said = pathLength - guess.multiplier * (floorLoss - guess.rule.offset());
    Metric.Priced better = best(rules, floorLoss, guess);
    if (boundOfPath(better, floorLoss) > said * WORTHWHILE) {
      metric = better;
      return measure();
    }
    return true;
  }

  /// A first multiplier from a path of as many links as the shortest has, all of the usual kind.
  private Metric.Priced guess(Relaxation rule, double floorLoss) {
    int hops = scratch.hops().between(usable, request.limits().maxHops(), Hops.Over.USEFUL);
    double cost = typicalCost();
    double loss = typicalLoss();
    double best = 0;
    double multiplier = cost;
    for (double each = cost; each < cost * 1e5; each *= STEP) {
      double said = hops * rule.least(cost, each, loss) - each * floorLoss;
      if (said > best) {
        best = said;
        multiplier = each;
      }
    }
    return new Metric.Priced(rule, usable, terms, request.states(), multiplier);
  }

  /// Of the links at the two ends: their mean cost.
  private double typicalCost() {
    double mean = meanAtEnds((link, mode) -> terms.cost(usable.snapshot, link, mode));
    return mean > 0 ? mean : 1;
  }

  private double typicalLoss() {
    return meanAtEnds((link, mode) -> metric.loss(mode))
        + Math.min(1, metric.swapLoss(usable.from));
  }

  /// Something of a mode of a link.
  private interface OfMode {
    double of(int link, int mode);
  }

  /// The mean over the links at the two ends, in the first mode of each; 0 where none is of use.
  private double meanAtEnds(OfMode figure) {
    NetworkSnapshot snapshot = usable.snapshot;
    double sum = 0;
    int count = 0;
    for (int end : new int[] {usable.from, usable.to}) {
      for (int arc = snapshot.firstArc(end); arc < snapshot.firstArc(end + 1); arc++) {
        int link = snapshot.arcLink(arc);
        int mode = snapshot.firstMode(link);
        if (snapshot.rate(mode) > 0) {
          sum += figure.of(link, mode);
          count++;
        }
      }
    }
    return count > 0 ? sum / count : 0;
  }

  private Metric.Priced best(List<Relaxation> rules, double floorLoss, Metric.Priced guess) {
    Metric.Priced best = guess;
    double most = boundOfPath(guess, floorLoss);
    for (Relaxation rule : rules) {
      double start = guess.multiplier / StrictMath.pow(STEP, STEPS / 2.0);
      double multiplier = start;
      for (int i = 0; i < STEPS; i++) {
        Metric.Priced each = new Metric.Priced(rule, usable, terms, request.states(), multiplier);
        double said = boundOfPath(each, floorLoss);
        if (said > most) {
          most = said;
          best = each;
        }
        multiplier *= STEP;
      }
    }
    return best;
  }

  private double boundOfPath(Metric.Priced metric, double floorLoss) {
    double sum = 0;
    for (int i = 0; i + 1 < pathNodes; i++) {
      sum += shortest(metric, path[i], path[i + 1]);
    }
    return sum - metric.multiplier * (floorLoss - metric.rule.offset());
  }

  /// The shortest of the links between two neighbours.
  private double shortest(Metric metric, int u, int v) {
    double least = Double.POSITIVE_INFINITY;
    for (int arc = usable.snapshot.firstArc(u); arc < usable.snapshot.firstArc(u + 1); arc++) {
      int link = usable.snapshot.arcLink(arc);
      if (usable.snapshot.arcTo(arc) == v && usable.mayCross(link, v)) {
        least = Math.min(least, metric.length(u, v, link));
      }
    }
    return least;
  }

  private boolean measure() {
    Distances far = scratch.far();
    far.start(usable.to);
    far.extend(usable, metric, usable.from, far, Double.POSITIVE_INFINITY);
    if (!far.isSettled(usable.from)) {
      return false;
    }
    pathLength = far.atLeast(usable.from);
    follow(far);
    if (pathNodes - 1 > request.limits().maxHops()) {
      turnTo(Detours.fewestLinks(metric));
    }
    return true;
  }

  /// Takes the shortest path under other lengths in place of the one at hand; false where none
  /// joins the ends.
  boolean turnTo(Lengths lengths) {
    Distances near = scratch.near();
    near.start(usable.to);
    near.extend(usable, lengths, usable.from, near, Double.POSITIVE_INFINITY);
    if (!near.isSettled(usable.from)) {
      return false;
    }
    follow(near);
    return true;
  }

  /// The nodes of the path at hand.
  int[] path() {
    return Arrays.copyOf(path, pathNodes);
  }

  private void follow(Distances distances) {
    pathNodes = 0;
    for (int node = usable.from; node >= 0; node = distances.previous(node)) {
      if (pathNodes == path.length) {
        path = Arrays.copyOf(path, 2 * pathNodes);
      }
      path[pathNodes++] = node;
    }
  }

  /// Ways to make pairs over the path.
  int[] look(PathLook look, long budget) {
    return look.ways(metric, path, pathNodes, request.states() == StateModel.BELL_DIAGONAL, budget);
  }

  /// Gives the nodes of the path, and no others, a distance from the near end.
  void keepToPath() {
    scratch.near().adopt(path, pathNodes, scratch.far(), pathLength);
  }

  /// A threshold on cost just above what the path costs at least.
  double firstThreshold(double bound) {
    double least = 0;
    for (int i = 0; i + 1 < pathNodes; i++) {
      double link = cheapest(path[i], path[i + 1]);
      least = terms.addsUp() ? least + link : Math.max(least, link);
    }
    return Math.max(Math.max(least, bound), Double.MIN_NORMAL) * 1.2;
  }

  private double cheapest(int u, int v) {
    double least = Double.POSITIVE_INFINITY;
    NetworkSnapshot snapshot = usable.snapshot;
    for (int arc = snapshot.firstArc(u); arc < snapshot.firstArc(u + 1); arc++) {
      int link = snapshot.arcLink(arc);
      if (snapshot.arcTo(arc) == v && usable.mayCross(link, v)) {
        for (int mode = snapshot.firstMode(link); mode < snapshot.firstMode(link + 1); mode++) {
          if (snapshot.rate(mode) > 0) {
            least = Math.min(least, terms.cost(snapshot, link, mode));
          }
        }
      }
    }
    return least;
  }

  /// Distances of all nodes that lie on paths shorter than `limit`.
  void findCorridor(double limit) {
    Distances near = scratch.near();
    Distances far = scratch.far();
    far.start(usable.to);
    far.extend(usable, metric, usable.from, far, Double.POSITIVE_INFINITY);
    near.start(usable.from);
    near.extend(usable, metric, -1, far, limit);
    far.extend(usable, metric, -1, near, limit);
  }
}
