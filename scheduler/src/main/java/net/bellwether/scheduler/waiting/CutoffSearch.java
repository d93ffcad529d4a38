package net.bellwether.scheduler.waiting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.bellwether.scheduler.evaluate.KeyYield;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.view.NetworkView;

/// Looks for the best cutoff time: over four orders of magnitude below what pairs wait at most,
/// then by golden sections around the best, and at last step by step, because between the steps of
/// a grid nothing changes.
final class CutoffSearch {
  private static final int POINTS = 17;
  private static final double RANGE = 1e4;
  private static final int SECTIONS_MAX = 14;
  private static final int SCANNED_STEPS = 16;
  private static final double GOLDEN = (StrictMath.sqrt(5) - 1) / 2;

  private final Plan plan;
  private final NetworkView view;
  private final double memoryShare;
  private final CutoffObjective objective;

  CutoffSearch(Plan plan, NetworkView view, double memoryShare, CutoffObjective objective) {
    this.plan = plan;
    this.view = view;
    this.memoryShare = memoryShare;
    this.objective = objective;
  }

  Optional<BestCutoff> find() {
    BestCutoff never = at(Double.POSITIVE_INFINITY);
    double longest = never.waiting().findQuantileSeconds(1 - 1e-6).orElse(Double.NaN);
    if (!(longest > 0)) {
      longest = never.waiting().meanSeconds();
    }
    double stride = StrictMath.log(RANGE) / (POINTS - 1);
    double top = StrictMath.log(longest);
    List<BestCutoff> tried = new ArrayList<>(List.of(never));
    for (int i = 0; i < POINTS; i++) {
      tried.add(atLog(top - i * stride));
    }
    double middle = Math.min(top, StrictMath.log(best(tried).cutoffSeconds()));
    narrow(middle - stride, middle + stride, never.waiting().stepSeconds(), tried);
    return Optional.of(best(tried)).filter(found -> found.value() > 0);
  }

  /// Between `from` and `to`, logarithms of seconds.
  private void narrow(double from, double to, double stepSeconds, List<BestCutoff> tried) {
    double low = from;
    double high = to;
    BestCutoff left = atLog(high - GOLDEN * (high - low));
    BestCutoff right = atLog(low + GOLDEN * (high - low));
    for (int i = 0; i < SECTIONS_MAX && width(low, high) > SCANNED_STEPS * stepSeconds; i++) {
      tried.add(left);
      tried.add(right);
      if (left.value() >= right.value()) {
        high = low + GOLDEN * (high - low);
        right = left;
        left = atLog(high - GOLDEN * (high - low));
      } else {
        low = high - GOLDEN * (high - low);
        left = right;
        right = atLog(low + GOLDEN * (high - low));
      }
    }
    long first = (long) Math.floor(StrictMath.exp(low) / stepSeconds);
    for (long i = 0; i <= SCANNED_STEPS + 1; i++) {
      tried.add(at((first + i) * stepSeconds));
    }
  }

  private BestCutoff atLog(double logSeconds) {
    return at(StrictMath.exp(logSeconds));
  }

  private static double width(double low, double high) {
    return StrictMath.exp(high) - StrictMath.exp(low);
  }

  /// Of equals the longest cutoff.
  private static BestCutoff best(List<BestCutoff> tried) {
    return tried.stream()
        .max(
            Comparator.comparingDouble(BestCutoff::value)
                .thenComparingDouble(BestCutoff::cutoffSeconds))
        .orElseThrow();
  }

  BestCutoff at(double cutoffSeconds) {
    Cutoffs cutoffs =
        Double.isInfinite(cutoffSeconds) ? Cutoffs.NONE : Cutoffs.everywhere(cutoffSeconds);
    WaitingTime waiting = FreeRunning.of(plan, view, memoryShare, cutoffs, FreeRunning.STEPS);
    return new BestCutoff(cutoffSeconds, waiting, value(waiting));
  }

  private double value(WaitingTime waiting) {
    return switch (objective) {
      case CutoffObjective.PairRate(double minFidelity) ->
          waiting.state().fidelity() >= minFidelity ? waiting.pairsPerSecond() : 0;
      case CutoffObjective.SecretKeyRate() ->
          waiting.pairsPerSecond()
              * KeyYield.of(
                      waiting.state(),
                      view.node(plan.left()).operations(),
                      view.node(plan.right()).operations())
                  .asymptoticBitsPerPair();
    };
  }
}
