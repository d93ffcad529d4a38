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
import net.bellwether.topology.physics.Purification;

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
    int modes = mode.multiplexingOf(memoryShare);
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
    Counts met = left.counts().min(right.counts());
    int highest = Math.min(left.wave().highest(), right.wave().highest());
    Wave wave = Wave.empty(Wave.rows(Math.min(highest, relevant(met))));

    NodeId leftEnd = stage.left();
    NodeId rightEnd = stage.right();
    Aging here = aging(swap.at());
    Aging leftFar = agingUnlessMeasured(leftEnd, swap.leftInput());
    Aging rightFar = agingUnlessMeasured(rightEnd, swap.rightInput());
    // The side whose messages take less time has its pairs there earlier by this many bins.
    long leftReady = swap.leftInput().delayPicos() + swap.leftInput().rightEntryPicos();
    long rightReady = swap.rightInput().delayPicos() + swap.rightInput().leftEntryPicos();
    double leftEarlier = seconds(Math.max(0, rightReady - leftReady)) / binSeconds;
    double rightEarlier = seconds(Math.max(0, leftReady - rightReady)) / binSeconds;

    // Far halves also age while the news of the swap travels.
    double[] fixed = noise(operations.gateFidelity(), operations.readoutErrorProbability());
    leftFar
        .times(seconds(extraWait(swap.leftInput(), swap.at(), leftEnd, stage)))
        .and(rightFar.times(seconds(extraWait(swap.rightInput(), swap.at(), rightEnd, stage))))
        .apply(fixed);

    Meeting meeting =
        new Meeting(here.and(leftFar).times(binSeconds), here.and(rightFar).times(binSeconds));
    for (int i = 0; i < wave.ks().length; i++) {
      int k = wave.ks()[i];
      meeting.meet(
          left.wave().row(k), leftEarlier, right.wave().row(k), rightEarlier, wave.cells()[i]);
      scale(wave.cells()[i], fixed);
    }
    double success = operations.swapSuccessProbability();
    return new Entered(met.thinned(success), wave.thinned(success));
  }

  /// How much longer than its partner at the swapping node a far half waits.
  static long extraWait(Stage input, NodeId at, NodeId far, Stage result) {
    return Math.max(0, input.entryPicos(at) + result.entryPicos(far) - input.entryPicos(far));
  }

  private Entered purified(Stage stage, Origin.Purified purified) {
    Entered input = enter(purified.input());
    Counts pairs = input.counts().halved();
    Wave in = input.wave();
    int highest = in.highest() / 2;
    if (highest == 0) {
      return new Entered(pairs.thinned(0), Wave.empty(new int[0]));
    }
    var leftOperations = view.node(stage.left()).operations();
    var rightOperations = view.node(stage.right()).operations();
    Aging left = aging(stage.left());
    Aging right = aging(stage.right());
    Aging initiator = purified.leftInitiates() ? left : right;
    Aging responder = purified.leftInitiates() ? right : left;
    NodeId responding = purified.leftInitiates() ? stage.right() : stage.left();
    // From the second pair's entry to each end's operation, and from there to the result's entry.
    Aging request =
        responder.times(
            seconds(purified.responderPicos() - purified.input().entryPicos(responding)));
    Aging reply =
        initiator.times(
            seconds(
                purified.responderPicos() + purified.latencyPicos() - purified.initiatorPicos()));
    Gap gap = new Gap(in, left.and(right).times(binSeconds));

    Wave wave = Wave.empty(Wave.rows(highest));
    double successWeight = 0;
    double weight = 0;
    for (int i = 0; i < wave.ks().length; i++) {
      int second = 2 * wave.ks()[i];
      double[][] row = in.row(second);
      double mass = Wave.sum(row[MASS]);
      if (mass <= 0) {
        continue;
      }
      double[] late = mean(row);
      double[] early = mean(in.row(second - 1));
      gap.multiply(row[MASS], second, early);
      request.apply(late);
      request.apply(early);
      var result =
          Purification.purify(
              state(early[Wave.X], early[Wave.Y], early[Wave.Z]),
              state(late[Wave.X], late[Wave.Y], late[Wave.Z]),
              purified.protocol(),
              leftOperations,
              rightOperations);
      double[] out = correlations(result.state());
      reply.apply(out);
      for (int c = 0; c < COMPONENTS; c++) {
        for (int b = 0; b < BINS; b++) {
          wave.cells()[i][c][b] = row[MASS][b] * out[c];
        }
      }
      successWeight += mass * result.successProbability();
      weight += mass;
    }
    double success = weight > 0 ? successWeight / weight : 0;
    return new Entered(pairs.thinned(success), wave.thinned(success));
  }

  private static double[] mean(double[][] row) {
    double mass = Wave.sum(row[MASS]);
    double[] mean = new double[COMPONENTS];
    for (int c = 0; c < COMPONENTS; c++) {
      mean[c] = mass > 0 ? Wave.sum(row[c]) / mass : 0;
    }
    return mean;
  }

  private static void scale(double[][] row, double[] factors) {
    for (int c = 0; c < COMPONENTS; c++) {
      for (int b = 0; b < BINS; b++) {
        row[c][b] *= factors[c];
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
