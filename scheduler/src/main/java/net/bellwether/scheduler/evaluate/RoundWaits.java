package net.bellwether.scheduler.evaluate;

import static net.bellwether.scheduler.evaluate.Wave.BINS;
import static net.bellwether.scheduler.evaluate.Wave.COMPONENTS;
import static net.bellwether.scheduler.evaluate.Wave.MASS;

import net.bellwether.scheduler.stage.Stage;
import net.bellwether.scheduler.stage.Stage.Origin;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;

/// Follows the pairs of one round through the stages of a plan: when they enter, how long their
/// halves wait, what is left of them. A wave holds the state of pairs at their entry.
final class RoundWaits {
  private final StagedPlan plan;
  private final NetworkView view;
  private final long attemptPicos;
  private final double memoryShare;
  private final double binSeconds;

  RoundWaits(StagedPlan plan, NetworkView view, long attemptPicos, double memoryShare) {
    this.plan = plan;
    this.view = view;
    this.attemptPicos = attemptPicos;
    this.memoryShare = memoryShare;
    this.binSeconds = seconds(attemptPicos) / BINS;
  }

  record Entered(Counts counts, Wave wave) {}

  Entered enter(Stage stage) {
    return switch (stage.origin()) {
      case Origin.Generated generated -> generated(stage, generated.mode());
      case Origin.Swapped swapped -> swapped(stage, swapped);
      case Origin.Purified purified -> purified(stage, purified);
    };
  }

  private Entered generated(Stage stage, LinkMode mode) {
    int modes = plan.multiplexing(stage, mode, memoryShare);
    int attempts = RoundYield.attempts(mode, attemptPicos);
    Counts counts = Counts.binomial(modes, RoundYield.madeWithin(mode, attempts));
    int highest = relevant(counts);
    Wave wave = Wave.empty(Wave.rows(highest));
    double[] state = correlations(mode.state());
    aging(stage.left())
        .and(aging(stage.right()))
        .times(seconds(mode.heraldLatencyPicos()))
        .apply(state);
    double[] before = new double[wave.ks().length];
    for (int bin = 0; bin < BINS; bin++) {
      long until = attemptPicos / BINS * (bin + 1);
      int made = bin == BINS - 1 ? attempts : RoundYield.attempts(mode, until);
      double[] tails = Counts.binomial(modes, RoundYield.madeWithin(mode, made)).tails();
      for (int i = 0; i < before.length; i++) {
        int k = wave.ks()[i];
        double now = k < tails.length ? tails[k] : 0;
        double mass = Math.max(0, now - before[i]);
        before[i] = Math.max(before[i], now);
        for (int c = 0; c < COMPONENTS; c++) {
          wave.cells()[i][c][bin] = mass * state[c];
        }
      }
    }
    return new Entered(counts, wave);
  }

  /// The k that are worth a row: what lies above them is less than 1e-5 of all pairs.
  static int relevant(Counts counts) {
    double[] tails = counts.tails();
    double cut = 1e-5 * counts.expectation();
    double above = 0;
    int k = tails.length - 1;
    while (k > 1 && above + tails[k] < cut) {
      above += tails[k];
      k--;
    }
    return counts.highest() == 0 ? 0 : Math.max(1, Math.min(k, counts.highest()));
  }

  private Entered swapped(Stage stage, Origin.Swapped swap) {
    Entered left = enter(swap.leftInput());
    Entered right = enter(swap.rightInput());
    var operations = view.node(swap.at()).operations();
    NodeId leftEnd = stage.left();
    NodeId rightEnd = stage.right();
    Aging here = aging(swap.at());
    Aging leftFar = agingUnlessMeasured(leftEnd, swap.leftInput());
    Aging rightFar = agingUnlessMeasured(rightEnd, swap.rightInput());

    // Far halves also age while the news of the swap travels.
    double[] fixed = noise(operations.gateFidelity(), operations.readoutErrorProbability());
    leftFar
        .times(seconds(extraWait(swap.leftInput(), swap.at(), leftEnd, stage)))
        .and(rightFar.times(seconds(extraWait(swap.rightInput(), swap.at(), rightEnd, stage))))
        .apply(fixed);

    Counts met = left.counts().min(right.counts());
    Wave wave = meetingWave(left, right, met);
    Meeting meeting =
        meeting(
            here.and(leftFar),
            swap.leftInput().readyPicos(swap.at()),
            here.and(rightFar),
            swap.rightInput().readyPicos(swap.at()));
    for (int i = 0; i < wave.ks().length; i++) {
      double[][] leftRow = left.wave().row(wave.ks()[i]);
      double[][] rightRow = right.wave().row(wave.ks()[i]);
      for (int c = 0; c < COMPONENTS; c++) {
        meeting.add(leftRow, c, rightRow, c, fixed[c], wave.cells()[i][c]);
      }
    }
    double success = operations.swapSuccessProbability();
    return new Entered(met.thinned(success), wave.thinned(success));
  }

  /// How much longer than its partner at the swapping node a far half waits.
  static long extraWait(Stage input, NodeId at, NodeId far, Stage result) {
    return Math.max(0, input.entryPicos(at) + result.entryPicos(far) - input.entryPicos(far));
  }

  private static Wave meetingWave(Entered left, Entered right, Counts met) {
    int highest = Math.min(left.wave().highest(), right.wave().highest());
    return Wave.empty(Wave.rows(Math.min(highest, relevant(met))));
  }

  /// Where the pairs of both sides are ready so long after their last heralds by messages only: the
  /// side whose messages take less time has its pairs there earlier.
  private Meeting meeting(Aging left, long leftReadyPicos, Aging right, long rightReadyPicos) {
    return new Meeting(
        left.times(binSeconds),
        seconds(Math.max(0, rightReadyPicos - leftReadyPicos)) / binSeconds,
        right.times(binSeconds),
        seconds(Math.max(0, leftReadyPicos - rightReadyPicos)) / binSeconds);
  }

  private Entered purified(Stage stage, Origin.Purified purified) {
    return purified.isNested() ? nested(stage, purified) : mixed(stage, purified);
  }

  /// The k-th pairs of two stages, whose times and states are independent.
  private Entered mixed(Stage stage, Origin.Purified purified) {
    Entered kept = enter(purified.kept());
    Entered sacrificed = enter(purified.sacrificed());
    Counts met = kept.counts().min(sacrificed.counts());
    Wave tried = meetingWave(kept, sacrificed, met);
    Wave made = Wave.empty(tried.ks());
    Aging ends = aging(stage.left()).and(aging(stage.right()));
    Meeting meeting =
        meeting(
            ends,
            purified.kept().readyPicos(purified.initiator()),
            ends,
            purified.sacrificed().readyPicos(purified.initiator()));
    double[] keptKeeps = request(purified, purified.kept());
    double[] sacrificedKeeps = request(purified, purified.sacrificed());
    double[] reply = reply(purified);
    ParityMap map = parityMap(stage, purified);
    for (int i = 0; i < tried.ks().length; i++) {
      double[][] one = kept.wave().row(tried.ks()[i]);
      double[][] other = sacrificed.wave().row(tried.ks()[i]);
      meeting.add(one, MASS, other, MASS, 1, tried.cells()[i][MASS]);
      for (ParityMap.Term term : map.terms()) {
        double factor =
            term.factor()
                * keptKeeps[term.kept()]
                * sacrificedKeeps[term.sacrificed()]
                * reply[term.result()];
        meeting.add(
            one, term.kept(), other, term.sacrificed(), factor, made.cells()[i][term.result()]);
      }
    }
    return succeeded(met, tried, made);
  }

  /// The 2k-1st and the 2k-th pair of one stage.
  private Entered nested(Stage stage, Origin.Purified purified) {
    Entered input = enter(purified.kept());
    Counts pairs = input.counts().halved();
    Wave in = input.wave();
    Wave tried = Wave.empty(Wave.rows(in.highest() / 2));
    Wave made = Wave.empty(tried.ks());
    Gap gap = new Gap(in, aging(stage.left()).and(aging(stage.right())).times(binSeconds));
    double[] request = request(purified, purified.kept());
    double[] reply = reply(purified);
    ParityMap map = parityMap(stage, purified);
    for (int i = 0; i < tried.ks().length; i++) {
      int second = 2 * tried.ks()[i];
      double[][] row = in.row(second);
      if (Wave.sum(row[MASS]) <= 0) {
        continue;
      }
      double[] late = mean(row);
      double[] early = mean(in.row(second - 1));
      gap.multiply(row[MASS], second, early);
      double[] result = new double[COMPONENTS];
      for (ParityMap.Term term : map.terms()) {
        result[term.result()] +=
            term.factor()
                * early[term.kept()]
                * request[term.kept()]
                * late[term.sacrificed()]
                * request[term.sacrificed()]
                * reply[term.result()];
      }
      for (int b = 0; b < BINS; b++) {
        tried.cells()[i][MASS][b] = row[MASS][b];
        for (int c = 0; c < COMPONENTS; c++) {
          made.cells()[i][c][b] = row[MASS][b] * result[c];
        }
      }
    }
    return succeeded(pairs, tried, made);
  }

  private ParityMap parityMap(Stage stage, Origin.Purified purified) {
    return ParityMap.of(
        purified.protocol(),
        view.node(stage.left()).operations(),
        view.node(stage.right()).operations());
  }

  /// What is left of a pair of `input` by the time that the responder has heard of it.
  private double[] request(Origin.Purified purified, Stage input) {
    return keeps(aging(purified.responder()), purified.requestPicos(input));
  }

  /// What is left of a result by the time that the initiator has heard of it.
  private double[] reply(Origin.Purified purified) {
    return keeps(aging(purified.initiator()), purified.replyPicos());
  }

  private static double[] keeps(Aging aging, long picos) {
    double[] keeps = {1, 1, 1, 1};
    aging.times(seconds(picos)).apply(keeps);
    return keeps;
  }

  /// Of the pairs `tried`, those that are `made`, with their probability in the mass. The k-th made
  /// is thinned from the tries at the mean success of all.
  private static Entered succeeded(Counts pairs, Wave tried, Wave made) {
    double all = tried.totals()[MASS];
    double success = all > 0 ? Math.min(1, made.totals()[MASS] / all) : 0;
    if (success == 0) {
      return new Entered(pairs.thinned(0), Wave.empty(new int[0]));
    }
    for (int i = 0; i < made.ks().length; i++) {
      double mass = Wave.sum(made.cells()[i][MASS]);
      if (mass > 0) {
        scale(made.cells()[i], Wave.sum(tried.cells()[i][MASS]) / mass);
      }
    }
    return new Entered(pairs.thinned(success), made.thinned(success));
  }

  private static double[] mean(double[][] row) {
    double mass = Wave.sum(row[MASS]);
    double[] mean = new double[COMPONENTS];
    for (int c = 0; c < COMPONENTS; c++) {
      mean[c] = mass > 0 ? Wave.sum(row[c]) / mass : 0;
    }
    return mean;
  }

  private static void scale(double[][] row, double factor) {
    for (int c = 0; c < COMPONENTS; c++) {
      for (int b = 0; b < BINS; b++) {
        row[c][b] *= factor;
      }
    }
  }

  /// Correlations 1 − 2·QBER of a state, with 1 for the mass.
  private static double[] correlations(BellDiagonal state) {
    return new double[] {
      1,
      1 - 2 * (state.y() + state.z()),
      1 - 2 * (state.x() + state.z()),
      1 - 2 * (state.x() + state.y())
    };
  }

  static BellDiagonal state(double x, double y, double z) {
    double i = Math.max(0, 1 + x + y + z);
    double px = Math.max(0, 1 + x - y - z);
    double py = Math.max(0, 1 - x + y - z);
    double pz = Math.max(0, 1 - x - y + z);
    double sum = i + px + py + pz;
    return new BellDiagonal(i / sum, px / sum, py / sum, pz / sum);
  }

  /// A swap's gate and readout noise on the correlations: depolarisation, then the mis-correction
  /// of two readouts that flip with probability ε each.
  private static double[] noise(double gateFidelity, double readoutErrorProbability) {
    double readout = 1 - 2 * readoutErrorProbability;
    return new double[] {
      1, gateFidelity * readout, gateFidelity * readout * readout, gateFidelity * readout
    };
  }

  static double seconds(long picos) {
    return picos * 1e-12;
  }

  private Aging aging(NodeId node) {
    return Aging.perSecond(view.node(node).memoryQubits());
  }

  /// Aging of a half at its far end, from the time a pair enters `stage`.
  private Aging agingUnlessMeasured(NodeId end, Stage stage) {
    return plan.isMeasured(end, stage) ? Aging.NONE : aging(end);
  }
}
