package net.bellwether.scheduler.solver;

/// When one label of a span makes another unnecessary. As labels are processed in the order of
/// their cost, all that were processed before cost no more.
final class Dominance {
  /// In a coarse search a label is dear that costs this times the one processed before.
  private static final double MUCH_MORE = 1.5;

  private static final int COMPARISONS_PER_CANDIDATE = 8;

  private static final double STEP_SHARE = 0.1;

  /// Labels of equal fidelity to this are one.
  private static final double EQUAL = 1e-14;

  private final Labels labels;
  private final Spans spans;
  private final BellStates bellStates;
  private final boolean bell;
  private final boolean tracked;
  private final double coarseness;
  private final Work work;

  Dominance(Scratch scratch, boolean bell, Pass pass, Work work) {
    this.work = work;
    this.labels = scratch.labels;
    this.spans = scratch.spans;
    this.bellStates = scratch.bellStates;
    this.bell = bell;
    this.tracked = pass.tracked();
    this.coarseness = pass.coarseness();
  }

  /// Counts a label among the processed ones of its span.
  void settle(int span, int label) {
    double werner = labels.werner[label];
    spans.bestAny[span] = Math.max(spans.bestAny[span], werner);
    if (!labels.standIn[label]) {
      spans.best[span] = Math.max(spans.best[span], werner);
    }
    labels.older[label] = spans.newest[span];
    spans.newest[span] = label;
  }

  /// Whether a processed label of the span is as good in all that counts.
  boolean isDominated(int span, int label) {
    if (!improves(span, labels.werner[label], labels.cost[label], labels.standIn[label])) {
      return isByWernerAlone() || isMatched(span, label);
    }
    return false;
  }

  /// Whether nothing but cost and Werner parameter counts.
  boolean isByWernerAlone() {
    return !bell && !tracked;
  }

  /// Whether the Werner parameter is higher than any of the span; in a coarse search by enough.
  /// What costs much more than all before it needs to improve less, so that purification is not
  /// left out step by step.
  boolean improves(int span, double werner, double cost, boolean standIn) {
    double best = standIn ? spans.bestAny[span] : spans.best[span];
    if (coarseness == 0) {
      return werner > best + EQUAL;
    }
    int newest = spans.newest[span];
    boolean dear = newest >= 0 && cost > MUCH_MORE * labels.cost[newest];
    double needed = dear ? coarseness * STEP_SHARE : coarseness;
    return werner > best + needed * (1 - best);
  }

  /// Whether one processed label of the span can stand for `label` anywhere.
  boolean isMatched(int span, int label) {
    long compared = 0;
    boolean matched = false;
    for (int other = spans.newest[span]; other >= 0 && !matched; other = labels.older[other]) {
      compared++;
      matched = stands(other, label);
    }
    // Comparisons are much cheaper than candidates, but long fronts take many.
    work.candidates += compared / COMPARISONS_PER_CANDIDATE;
    return matched;
  }

  private boolean stands(int other, int label) {
    if (labels.standIn[other] && !labels.standIn[label]) {
      return false;
    }
    if (tracked
        && (labels.hops[other] > labels.hops[label]
            || (labels.visits[label] & ~labels.visits[other]) != 0)) {
      return false;
    }
    return bell
        ? bellStates.covers(other, label, coarseness)
        : labels.werner[other] >= labels.werner[label] - EQUAL;
  }
}
