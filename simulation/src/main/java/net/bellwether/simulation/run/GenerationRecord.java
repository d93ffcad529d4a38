package net.bellwether.simulation.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.scheduler.Evaluation;
import net.bellwether.scheduler.PlanText;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.simulation.outcome.Figure;
import net.bellwether.simulation.outcome.GenerationOutcome;
import net.bellwether.simulation.outcome.Waits;
import net.bellwether.simulation.tally.Estimate;
import net.bellwether.simulation.tally.PairTally;
import net.bellwether.simulation.tally.WaitHistogram;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.time.NetworkTime;

/// What one generation of a session delivers from frame `fromFrame` on.
final class GenerationRecord {
  private static final double FRAMES_PER_SECOND =
      NetworkTime.PICOS_PER_SECOND / (double) NetworkTime.FRAME_PICOS;
  private static final double P95 = 0.95;

  private final long number;
  private final Plan plan;
  private final Evaluation predicted;
  private final long fromFrame;
  private long untilFrame = Long.MAX_VALUE;
  private final PairTally tally = new PairTally();
  private final WaitHistogram fromWaits = new WaitHistogram();
  private final WaitHistogram toWaits = new WaitHistogram();
  private final List<Integer> keyBlocks = new ArrayList<>();
  private long failedBlocks;

  GenerationRecord(long number, Plan plan, Evaluation predicted, long fromFrame) {
    this.number = number;
    this.plan = plan;
    this.predicted = predicted;
    this.fromFrame = fromFrame;
  }

  long number() {
    return number;
  }

  /// Ends before `frame`, if it has not ended before.
  void endAt(long frame) {
    untilFrame = Math.max(fromFrame, Math.min(untilFrame, frame));
  }

  /// Whether it is the one in force in `frame`.
  boolean covers(long frame) {
    return fromFrame <= frame && frame < untilFrame;
  }

  void add(boolean atFrom, NodeRecord.Finished finished) {
    DeliveredPair pair = finished.pair();
    if (!covers(pair.time().frame())) {
      return;
    }
    tally.add(atFrom, pair);
    if (finished.waitedPicos() >= 0) {
      (atFrom ? fromWaits : toWaits).add(finished.waitedPicos());
    }
  }

  void addBlocks(List<Integer> keyBits, long failures) {
    keyBlocks.addAll(keyBits);
    failedBlocks += failures;
  }

  long pairCount() {
    return tally.pairCount();
  }

  int unmatchedCount() {
    return tally.unmatchedCount();
  }

  /// Of frames counted from `firstFrame`; `misread` is the probability that exactly one of the two
  /// ends misreads.
  GenerationOutcome outcome(long firstFrame, double misread) {
    long frames = untilFrame - fromFrame;
    Optional<Estimate> rate =
        frames > 1 ? Optional.of(tally.pairsPerSecond(frames)) : Optional.empty();
    double qberY = predicted.state().qber(Basis.Y);
    return new GenerationOutcome(
        number,
        (fromFrame - firstFrame) / FRAMES_PER_SECOND,
        (untilFrame - firstFrame) / FRAMES_PER_SECOND,
        PlanText.tree(plan).strip(),
        tally.pairCount(),
        new Figure(predicted.pairsPerSecond(), rate),
        new Figure(predicted.state().fidelity(), tally.findFidelity(misread)),
        new Figure(predicted.qberZ(), tally.findQber(Basis.Z)),
        new Figure(predicted.qberX(), tally.findQber(Basis.X)),
        new Figure(qberY * (1 - misread) + (1 - qberY) * misread, tally.findQber(Basis.Y)),
        new Figure(predicted.finiteKeyBitsPerSecond(), keyRate(frames)),
        keyBlocks.stream().mapToLong(Integer::longValue).sum(),
        keyBlocks.size(),
        failedBlocks,
        waits(fromWaits),
        waits(toWaits));
  }

  /// Blocks differ in what they yield, and the first and last of them lie anywhere across the ends
  /// of the time: each end leaves out a part of a block that is uniform in (0, 1).
  private Optional<Estimate> keyRate(long frames) {
    int blocks = keyBlocks.size();
    if (blocks + failedBlocks == 0 || frames == 0) {
      return Optional.empty();
    }
    double mean = 0;
    for (int bits : keyBlocks) {
      mean += (double) bits / Math.max(1, blocks);
    }
    double variance = 0;
    for (int bits : keyBlocks) {
      variance += (bits - mean) * (bits - mean);
    }
    variance += mean * mean / 6;
    double seconds = frames / FRAMES_PER_SECOND;
    return Optional.of(new Estimate(mean * blocks / seconds, Math.sqrt(variance) / seconds));
  }

  private static Waits waits(WaitHistogram histogram) {
    return new Waits(seconds(histogram.findMeanPicos()), seconds(histogram.findQuantilePicos(P95)));
  }

  private static OptionalDouble seconds(OptionalDouble picos) {
    return picos.isEmpty()
        ? picos
        : OptionalDouble.of(picos.getAsDouble() / NetworkTime.PICOS_PER_SECOND);
  }
}
