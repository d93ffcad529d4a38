package net.bellwether.scheduler.judge;

import java.util.stream.IntStream;
import net.bellwether.scheduler.judge.Instance.Objective;
import net.bellwether.topology.Operations;

/// The answer to an instance by enumeration, with the proof that it is one. First the trees that no
/// other outdoes are enumerated, which finds what a plan may cost; then every tree that costs no
/// more, up to `leaves` leaves; then it is shown that no larger tree can be better.
final class BruteForce {
  static final int WERNER_LEAVES = 6;
  static final int BELL_LEAVES = 4;

  private static final long TREES = 40_000_000;

  /// Levels of cost in which larger trees are bounded: coarse ones settle most instances.
  private static final int[] LEVELS = {6, 16, 48};

  private BruteForce() {}

  /// `certain` where no tree of any size is better (or, for `Nothing`, exists); else the best of
  /// the small trees, which a solver must at least equal. `undominated` is the value that the
  /// first, pruned enumeration found, NaN where it found none: a second opinion.
  record Ruling(Verdict verdict, boolean certain, double undominated, long trees) {}

  static Ruling rule(Instance instance) {
    return switch (instance.states()) {
      case WERNER -> werner(instance);
      case BELL_DIAGONAL -> bellDiagonal(instance);
    };
  }

  private static Ruling werner(Instance instance) {
    Setting setting = new Setting(instance);
    var states = new WernerStates(setting.operations);
    if (!connected(setting)) {
      return new Ruling(new Verdict.Nothing(), true, Double.NaN, 0);
    }
    double attainable =
        new Relaxation(setting, states, Double.POSITIVE_INFINITY, 1, 1).best(0, 1)
            + Relaxation.MARGIN;
    double mostBits = key(setting).bitsPerPair(Math.min(1, attainable));
    if (isHopeless(instance, attainable, mostBits)) {
      return new Ruling(new Verdict.Nothing(), true, Double.NaN, 0);
    }
    Ruling ruling = enumerate(setting, states, WERNER_LEAVES, mostBits);
    boolean settled = ruling.certain();
    boolean certain =
        switch (ruling.verdict()) {
          case Verdict.Undecided _ -> false;
          case Verdict.Nothing _ -> settled && isTooSlow(setting, states);
          case Verdict.Best best ->
              settled && noLargerTreeIsBetter(setting, states, best.value(), mostBits);
        };
    return new Ruling(ruling.verdict(), certain, ruling.undominated(), ruling.trees());
  }

  /// Without twirls, both protocols. Nothing is known of larger trees but that they cost more:
  /// `certain` speaks of cost alone.
  private static Ruling bellDiagonal(Instance instance) {
    Setting setting = new Setting(instance);
    if (!connected(setting)) {
      return new Ruling(new Verdict.Nothing(), true, Double.NaN, 0);
    }
    var states = new BellStates(setting.operations);
    Ruling ruling = enumerate(setting, states, BELL_LEAVES, key(setting).bitsPerPair(0, 0));
    boolean certain =
        ruling.certain()
            && ruling.verdict() instanceof Verdict.Best best
            && costsTooMuch(setting, best.value(), BELL_LEAVES + 1);
    return new Ruling(ruling.verdict(), certain, ruling.undominated(), ruling.trees());
  }

  /// `certain` of the ruling is that the enumeration came to its end.
  private static Ruling enumerate(Setting setting, States states, int leaves, double mostBits) {
    var first = new Contest(setting, states, mostBits);
    var quick = new Enumeration(setting, states, leaves, true, first, TREES);
    if (!quick.run()) {
      return new Ruling(new Verdict.Nothing(), false, Double.NaN, quick.tried());
    }
    if (!first.won()) {
      return new Ruling(new Verdict.Nothing(), true, Double.NaN, quick.tried());
    }
    var contest = new Contest(setting, states, mostBits, first.value());
    var whole = new Enumeration(setting, states, leaves, false, contest, TREES);
    boolean ended = whole.run();
    return whole
        .winner()
        .map(plan ->
            new Ruling(
                Verdict.Best.proven(contest.value(), plan), ended, first.value(), whole.tried()))
        .orElseGet(() ->
            new Ruling(
                Verdict.Best.proven(first.value(), quick.winner().orElseThrow()),
                false,
                first.value(),
                whole.tried()));
  }

  static boolean connected(Setting setting) {
    return Double.isFinite(setting.distance[setting.from][setting.to]);
  }

  private static Key key(Setting setting) {
    Operations[] nodes = setting.operations;
    return new Key(nodes[setting.from], nodes[setting.to]);
  }

  private static boolean isHopeless(Instance instance, double attainable, double mostBits) {
    double floor = instance.objective() == Objective.FIDELITY ? 0.5 : instance.minFidelity();
    return attainable < WernerStates.ofFidelity(floor)
        || (instance.objective() == Objective.SECRET_KEY_RATE && mostBits <= 0);
  }

  /// Whether no tree at all meets a floor on the rate with F above 1/2; of other objectives what is
  /// attainable has been looked at before.
  private static boolean isTooSlow(Setting setting, WernerStates states) {
    Instance instance = setting.instance;
    if (instance.objective() != Objective.FIDELITY) {
      return false;
    }
    int finest = LEVELS[LEVELS.length - 1];
    double step = 1 / instance.minPairsPerSecond() / finest;
    double best = new Relaxation(setting, states, step, finest + 1, 1).best(finest, 1);
    return best + Relaxation.MARGIN <= WernerStates.ofFidelity(0.5);
  }

  private static boolean costsTooMuch(Setting setting, double value, int leaves) {
    return setting.instance.objective() == Objective.CHEAPEST
        && IntStream.range(0, setting.leafCost.length)
                    .mapToDouble(leaf -> setting.leafCost[leaf])
                    .min()
                    .orElse(0)
                * leaves
            >= value;
  }

  private static boolean noLargerTreeIsBetter(
      Setting setting, WernerStates states, double value, double mostBits) {
    if (costsTooMuch(setting, value, WERNER_LEAVES + 1)) {
      return true;
    }
    for (int levels : LEVELS) {
      boolean proven =
          switch (setting.instance.objective()) {
            case CHEAPEST -> staysBelowFloor(setting, states, value, levels);
            case PAIR_RATE -> staysBelowFloor(setting, states, 1 / value, levels);
            case SECRET_KEY_RATE -> yieldsNoMoreKey(setting, states, value, mostBits, levels);
            case FIDELITY -> isNoPurer(setting, states, value, levels);
          };
      if (proven) {
        return true;
      }
    }
    return false;
  }

  private static boolean staysBelowFloor(
      Setting setting, WernerStates states, double cost, int levels) {
    double best =
        new Relaxation(setting, states, cost / levels, levels, WERNER_LEAVES + 1)
            .best(levels - 1, WERNER_LEAVES + 1);
    return best + Relaxation.MARGIN < WernerStates.ofFidelity(setting.instance.minFidelity());
  }

  /// A tree at a level yields no more than its bound in bits, no sooner than the level begins.
  private static boolean yieldsNoMoreKey(
      Setting setting, WernerStates states, double value, double mostBits, int levels) {
    double step = mostBits / value / levels;
    var bounds = new Relaxation(setting, states, step, levels, WERNER_LEAVES + 1);
    double soonest = setting.distance[setting.from][setting.to];
    for (int level = 0; level < levels; level++) {
      double w = bounds.best(level, WERNER_LEAVES + 1) + Relaxation.MARGIN;
      boolean counts = w >= WernerStates.ofFidelity(setting.instance.minFidelity());
      double seconds = Math.max(level * step, soonest);
      if (counts && key(setting).bitsPerPair(Math.min(1, w)) / seconds > value) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNoPurer(
      Setting setting, WernerStates states, double fidelity, int levels) {
    double step = 1 / setting.instance.minPairsPerSecond() / levels;
    double best =
        new Relaxation(setting, states, step, levels + 1, WERNER_LEAVES + 1)
            .best(levels, WERNER_LEAVES + 1);
    return best + Relaxation.MARGIN <= WernerStates.ofFidelity(fidelity);
  }
}
