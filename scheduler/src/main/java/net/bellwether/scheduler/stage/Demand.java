package net.bellwether.scheduler.stage;

import java.util.List;
import net.bellwether.scheduler.stage.Stage.Origin;

/// What each stage has to make for one finished pair where nothing waits: on average, failures
/// included, and at least, where nothing fails. By number of the stage.
@SuppressWarnings("ArrayRecordComponent") // Filled stage by stage, never shared.
record Demand(double[] pairs, int[] least) {
  /// Of an operation that never succeeds.
  private static final double IMPROBABLE = 1e-12;

  static Demand of(List<Stage> stages) {
    Demand demand = new Demand(new double[stages.size()], new int[stages.size()]);
    Stage last = stages.getLast();
    demand.add(last, 1, 1);
    for (Stage stage : stages.reversed()) {
      double tries =
          demand.pairs[stage.number()] / Math.max(IMPROBABLE, stage.successProbability());
      int least = demand.least[stage.number()];
      switch (stage.origin()) {
        case Origin.Generated _ -> {}
        case Origin.Swapped swapped -> {
          demand.add(swapped.leftInput(), tries, least);
          demand.add(swapped.rightInput(), tries, least);
        }
        case Origin.Purified purified -> {
          demand.add(purified.kept(), tries, least);
          demand.add(purified.sacrificed(), tries, least);
        }
      }
    }
    return demand;
  }

  private void add(Stage stage, double tries, int times) {
    pairs[stage.number()] += tries;
    // Far more than any link has modes is enough to know.
    least[stage.number()] = Math.min(1 << 24, least[stage.number()] + times);
  }
}
