package net.bellwether.scheduler.evaluate;

import static net.bellwether.scheduler.evaluate.Wave.BINS;
import static net.bellwether.scheduler.evaluate.Wave.MASS;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;
import net.bellwether.scheduler.stage.Stage;
import net.bellwether.scheduler.stage.Stage.Origin;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.NodeId;

/// Follows how long the nodes of a plan hold the halves of one round's pairs, stage by stage as
/// RoundWaits follows states. Times are those of the pairs that are delivered in the end; of two
/// purified pairs the kept one counts. A wave's components beside the mass are, for every node, the
/// seconds that it has waited and held up to the pair's entry, times the mass.
public final class RoundHolding {
  private final StagedPlan plan;
  private final NetworkView view;
  private final RoundWaits waits;
  private final double binSeconds;

  /// The component of each node's waits; that of its time in memory comes next.
  private final SequencedMap<NodeId, Integer> waitOf = new LinkedHashMap<>();

  private final int components;

  private RoundHolding(StagedPlan plan, NetworkView view, long attemptPicos, double memoryShare) {
    this.plan = plan;
    this.view = view;
    this.waits = new RoundWaits(plan, view, attemptPicos, memoryShare);
    this.binSeconds = RoundWaits.seconds(attemptPicos) / BINS;
    int next = MASS + 1;
    for (NodeId node : keptNodes(plan.last())) {
      waitOf.put(node, next);
      next += 2;
    }
    this.components = next;
  }

  /// The nodes that hold halves of kept pairs, left to right.
  private static SequencedSet<NodeId> keptNodes(Stage stage) {
    SequencedSet<NodeId> nodes = new LinkedHashSet<>();
    switch (stage.origin()) {
      case Origin.Generated _ -> {
        nodes.add(stage.left());
        nodes.add(stage.right());
      }
      case Origin.Swapped swapped -> {
        nodes.addAll(keptNodes(swapped.leftInput()));
        nodes.addAll(keptNodes(swapped.rightInput()));
      }
      case Origin.Purified purified -> nodes.addAll(keptNodes(purified.kept()));
    }
    return nodes;
  }

  /// Every node of the path of the pairs that are kept, in its order; empty where a round delivers
  /// nothing.
  public static SequencedMap<NodeId, NodeWaiting> of(
      StagedPlan plan, NetworkView view, long attemptPicos, double memoryShare) {
    var holding = new RoundHolding(plan, view, attemptPicos, memoryShare);
    double[] totals = holding.enter(plan.last()).wave().totals();
    SequencedMap<NodeId, NodeWaiting> nodes = new LinkedHashMap<>();
    if (totals[MASS] > 0) {
      holding.waitOf.forEach((node, wait) -> {
        boolean isEnd = node.equals(plan.last().left()) || node.equals(plan.last().right());
        double halves = totals[MASS] * (isEnd ? 1 : 2);
        nodes.put(node, new NodeWaiting(totals[wait] / halves, totals[wait + 1] / halves));
      });
    }
    return nodes;
  }

  private record Entered(Counts counts, Wave wave) {}

  private Entered enter(Stage stage) {
    return switch (stage.origin()) {
      case Origin.Generated generated -> generated(stage, generated);
      case Origin.Swapped swapped -> swapped(stage, swapped);
      case Origin.Purified purified -> purified(stage, purified);
    };
  }

  private Entered generated(Stage stage, Origin.Generated generated) {
    RoundWaits.Entered entered = waits.enter(stage);
    double[] held = new double[components];
    double herald = RoundWaits.seconds(generated.mode().heraldLatencyPicos());
    held[waitAt(stage.left()) + 1] = herald;
    held[waitAt(stage.right()) + 1] = herald;
    Wave wave = Wave.empty(entered.wave().ks(), components);
    for (int i = 0; i < wave.ks().length; i++) {
      fill(wave.cells()[i], entered.wave().cells()[i][MASS], held);
    }
    return new Entered(entered.counts(), wave);
  }

  private Entered swapped(Stage stage, Origin.Swapped swap) {
    Entered left = enter(swap.leftInput());
    Entered right = enter(swap.rightInput());
    Counts met = left.counts().min(right.counts());
    int highest = Math.min(left.wave().highest(), right.wave().highest());
    int[] ks = Wave.rows(Math.min(highest, RoundWaits.relevant(met)));
    Wave wave = Wave.empty(ks, components);
    for (int i = 0; i < ks.length; i++) {
      meet(stage, swap, left.wave().row(ks[i]), right.wave().row(ks[i]), wave.cells()[i]);
    }
    double success = view.node(swap.at()).operations().swapSuccessProbability();
    return new Entered(met.thinned(success), wave.thinned(success));
  }

  /// The k-th pairs of two stages meet, each a shift off the bins of the result.
  private void meet(
      Stage stage, Origin.Swapped swap, double[][] left, double[][] right, double[][] row) {
    Stage leftInput = swap.leftInput();
    Stage rightInput = swap.rightInput();
    double leftShift = bins(leftInput.readyPicos(swap.at()) - stage.delayPicos());
    double rightShift = bins(rightInput.readyPicos(swap.at()) - stage.delayPicos());
    boolean leftHolds = !plan.isMeasured(stage.left(), leftInput);
    boolean rightHolds = !plan.isMeasured(stage.right(), rightInput);
    double leftNews = news(leftInput, swap.at(), stage.left(), stage);
    double rightNews = news(rightInput, swap.at(), stage.right(), stage);
    int here = waitAt(swap.at());
    double[] more = new double[components];
    for (int l = 0; l < BINS; l++) {
      for (int r = 0; r < BINS; r++) {
        if (left[MASS][l] * right[MASS][r] > 0) {
          double later = r + rightShift - (l + leftShift);
          double leftWait = meanPositive(later) * binSeconds;
          double rightWait = meanPositive(-later) * binSeconds;
          more[here] = leftWait + rightWait;
          more[here + 1] = leftWait + rightWait;
          more[waitAt(stage.left()) + 1] = leftHolds ? leftWait + leftNews : 0;
          more[waitAt(stage.right()) + 1] = rightHolds ? rightWait + rightNews : 0;
          put(left, l, right, r, more, Math.max(l + leftShift, r + rightShift), row);
        }
      }
    }
  }

  /// How long the news of a swap keep the far half of an input waiting.
  private static double news(Stage input, NodeId at, NodeId end, Stage stage) {
    return RoundWaits.seconds(RoundWaits.extraWait(input, at, end, stage));
  }

  /// Joins a left and a right pair in the bins around `at`, by nearness.
  private static void put(
      double[][] left, int l, double[][] right, int r, double[] more, double at, double[][] row) {
    int bin = (int) at;
    double next = at - bin;
    double leftMass = left[MASS][l];
    double rightMass = right[MASS][r];
    for (int b = bin; b <= Math.min(BINS - 1, bin + 1); b++) {
      double part = b == bin ? 1 - next : next;
      row[MASS][b] += part * leftMass * rightMass;
      for (int c = MASS + 1; c < row.length; c++) {
        row[c][b] +=
            part * (left[c][l] * rightMass + leftMass * (right[c][r] + more[c] * rightMass));
      }
    }
  }

  /// Mean of the positive part of the time between two instants, each anywhere in its bin, whose
  /// bins lie `apart`.
  private static double meanPositive(double apart) {
    double overlap = Math.max(0, 1 - Math.abs(apart));
    return Math.max(0, apart) + overlap * overlap * overlap / 6;
  }

  private Entered purified(Stage stage, Origin.Purified purified) {
    Entered kept = enter(purified.kept());
    Entered made = purified.isNested() ? nested(purified, kept) : mixed(purified, kept);
    double success =
        Math.min(1, waits.enter(stage).counts().expectation() / made.counts().expectation());
    return success > 0
        ? new Entered(made.counts().thinned(success), made.wave().thinned(success))
        : new Entered(made.counts().thinned(0), Wave.empty(new int[0]));
  }

  private Entered nested(Origin.Purified purified, Entered input) {
    Gap gap = new Gap(input.wave(), Aging.NONE);
    Wave wave = Wave.empty(Wave.rows(input.wave().highest() / 2), components);
    for (int i = 0; i < wave.ks().length; i++) {
      int second = 2 * wave.ks()[i];
      double[] mass = input.wave().row(second)[MASS];
      double[][] kept = input.wave().row(second - 1);
      if (Wave.sum(mass) > 0 && Wave.sum(kept[MASS]) > 0) {
        double[] held = purifying(purified, gap.meanBins(mass, second) * binSeconds);
        for (int c = MASS + 1; c < components; c++) {
          held[c] += Wave.sum(kept[c]) / Wave.sum(kept[MASS]);
        }
        fill(wave.cells()[i], mass, held);
      }
    }
    return new Entered(input.counts().halved(), wave);
  }

  /// The kept pair waits where the sacrificed one is later; its own times alone count.
  private Entered mixed(Origin.Purified purified, Entered kept) {
    Entered sacrificed = enter(purified.sacrificed());
    Counts met = kept.counts().min(sacrificed.counts());
    int highest = Math.min(kept.wave().highest(), sacrificed.wave().highest());
    Wave wave = Wave.empty(Wave.rows(Math.min(highest, RoundWaits.relevant(met))), components);
    NodeId initiator = purified.initiator();
    long start =
        Math.max(
            purified.kept().readyPicos(initiator), purified.sacrificed().readyPicos(initiator));
    double keptShift = bins(purified.kept().readyPicos(initiator) - start);
    double sacrificedShift = bins(purified.sacrificed().readyPicos(initiator) - start);
    for (int i = 0; i < wave.ks().length; i++) {
      double[][] one = kept.wave().row(wave.ks()[i]);
      double[][] other = new double[components][BINS];
      other[MASS] = sacrificed.wave().row(wave.ks()[i])[MASS];
      for (int k = 0; k < BINS; k++) {
        for (int s = 0; s < BINS; s++) {
          if (one[MASS][k] * other[MASS][s] > 0) {
            double keptAt = k + keptShift;
            double sacrificedAt = s + sacrificedShift;
            double[] more = purifying(purified, meanPositive(sacrificedAt - keptAt) * binSeconds);
            put(one, k, other, s, more, Math.max(keptAt, sacrificedAt), wave.cells()[i]);
          }
        }
      }
    }
    return new Entered(met, wave);
  }

  /// What both ends wait for the second pair, and hold until they have heard of the purification.
  private double[] purifying(Origin.Purified purified, double waitSeconds) {
    int initiator = waitAt(purified.initiator());
    int responder = waitAt(purified.responder());
    double[] more = new double[components];
    more[initiator] = waitSeconds;
    more[responder] = waitSeconds;
    more[initiator + 1] = waitSeconds + RoundWaits.seconds(purified.replyPicos());
    more[responder + 1] = waitSeconds + RoundWaits.seconds(purified.requestPicos(purified.kept()));
    return more;
  }

  private int waitAt(NodeId node) {
    return waitOf.getOrDefault(node, MASS);
  }

  private double bins(long picos) {
    return RoundWaits.seconds(picos) / binSeconds;
  }

  private static void fill(double[][] row, double[] mass, double[] held) {
    for (int b = 0; b < BINS; b++) {
      row[MASS][b] = mass[b];
      for (int c = MASS + 1; c < row.length; c++) {
        row[c][b] = mass[b] * held[c];
      }
    }
  }
}
