package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.solver.Pass.Scope;

/// Joins a label at one of its ends with all that were processed before it and end there too.
final class Swapping {
  private final Labels labels;
  private final LabelsAtNode atNode;
  private final BellStates bellStates;
  private final Question question;
  private final Usable usable;
  private final NetworkSnapshot snapshot;
  private final Metric metric;
  private final boolean addsUp;
  private final boolean bell;
  private final boolean fromEnds;
  private final Aim aim;
  private final Pruning pruning;
  private final Intake intake;
  private final Work work;

  Swapping(
      Scratch scratch, Question question, Pass pass, Pruning pruning, Intake intake, Work work) {
    this.labels = scratch.labels;
    this.atNode = scratch.atNode();
    this.bellStates = scratch.bellStates;
    this.question = question;
    this.usable = question.usable;
    this.snapshot = usable.snapshot;
    this.metric = question.metric;
    this.addsUp = question.addsUp;
    this.bell = question.bell;
    this.fromEnds = pass.scope() == Scope.ENDS;
    this.aim = pass.aim();
    this.pruning = pruning;
    this.intake = intake;
    this.work = work;
  }

  /// Swaps at node `at`; `end` is the other end of the label. The admission of `Pruning`, unrolled:
  /// what depends on the label alone is not computed for each partner.
  void swapAll(int label, int at, int end) {
    int entry = atNode.first(at);
    if (entry < 0 || !usable.maySwap(at)) {
      return;
    }
    double success = snapshot.swapSuccess(at);
    double factor = snapshot.swapFactor(at);
    double swapLoss = metric.swapLoss(at);
    double cost = labels.cost[label];
    double werner = labels.werner[label];
    double loss = labels.loss[label];
    // Of times the later one counts, which is this label's.
    double joinedPower = labels.power[label] * question.power(1 / success);
    double endNear = question.near.atLeast(end);
    double endFar = question.far.atLeast(end);
    double sharedAtEnd = swapLoss - metric.rule.offset() + metric.share(end);
    boolean fromEnd = usable.isEnd(end);
    double costLimit = aim.costLimit;
    double partLimit = pruning.partCostLimit();
    double most = pruning.lengthLimit();
    long joins = 0;
    for (; entry >= 0; entry = atNode.next[entry]) {
      int far = atNode.far[entry];
      if (far == end || (fromEnds && !fromEnd && !usable.isEnd(far))) {
        continue;
      }
      // What came before costs no more than this label.
      double joined = (addsUp ? cost + atNode.cost[entry] : cost) / success;
      if (joined >= costLimit) {
        pruning.limited = true;
        break;
      }
      joins++;
      if (joined >= partLimit && !(fromEnd && usable.isEnd(far))) {
        pruning.limited = true;
        continue;
      }
      double missing = Math.min(endNear + atNode.toFar[far], endFar + atNode.toNear[far]);
      double joinedLoss = loss + atNode.loss[entry];
      double shared = joinedLoss + sharedAtEnd + atNode.share[far];
      if (!metric.isShorter(joined, joinedPower, shared, most - missing)) {
        pruning.limited = true;
        pruning.leftOutLong = true;
        continue;
      }
      int other = atNode.label[entry];
      if (bell) {
        bellStates.swap(label, other, snapshot, at);
        intake.offerBell(end, far, joined, joinedPower, label, other, at);
      } else {
        double joinedWerner = factor * werner * atNode.werner[entry];
        double kept = joinedLoss + swapLoss;
        intake.keep(end, far, joined, joinedPower, joinedWerner, kept, label, other, at);
      }
    }
    work.candidates += joins;
  }
}
