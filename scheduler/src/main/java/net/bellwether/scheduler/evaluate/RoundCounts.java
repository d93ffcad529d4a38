package net.bellwether.scheduler.evaluate;

import net.bellwether.scheduler.stage.Stage;
import net.bellwether.scheduler.stage.Stage.Origin;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;

/// How many pairs a stage has by the end of a round, stage by stage, with purifications as
/// successful as without decay.
record RoundCounts(StagedPlan plan, long attemptPicos, double memoryShare) {
  Counts of(Stage stage) {
    return switch (stage.origin()) {
      case Origin.Generated(LinkMode mode) ->
          Counts.binomial(
              plan.multiplexing(stage, mode, memoryShare),
              RoundYield.madeWithin(mode, RoundYield.attempts(mode, attemptPicos)));
      case Origin.Swapped swapped ->
          of(swapped.leftInput()).min(of(swapped.rightInput())).thinned(stage.successProbability());
      case Origin.Purified purified -> {
        Counts kept = of(purified.kept());
        Counts tried = purified.isNested() ? kept.halved() : kept.min(of(purified.sacrificed()));
        yield tried.thinned(stage.successProbability());
      }
    };
  }
}
