package net.bellwether.scheduler.evaluate;

import net.bellwether.scheduler.stage.Stage;
import net.bellwether.scheduler.stage.Stage.Origin;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.Purification;

/// How many pairs a stage has by the end of a round, stage by stage, and its state without decay.
record RoundCounts(NetworkView view, long attemptPicos, double memoryShare) {

  record Counted(Counts counts, BellDiagonal state) {}

  Counted of(Stage stage) {
    return switch (stage.origin()) {
      case Origin.Generated generated -> {
        var mode = generated.mode();
        int attempts = RoundYield.attempts(mode, attemptPicos);
        yield new Counted(
            Counts.binomial(
                mode.multiplexingOf(memoryShare), RoundYield.madeWithin(mode, attempts)),
            mode.state());
      }
      case Origin.Swapped swapped -> {
        Counted left = of(swapped.leftInput());
        Counted right = of(swapped.rightInput());
        var operations = view.node(swapped.at()).operations();
        yield new Counted(
            left.counts().min(right.counts()).thinned(operations.swapSuccessProbability()),
            left.state().swapped(right.state(), operations));
      }
      case Origin.Purified purified -> {
        Counted input = of(purified.input());
        var result =
            Purification.purify(
                input.state(),
                input.state(),
                purified.protocol(),
                view.node(stage.left()).operations(),
                view.node(stage.right()).operations());
        yield new Counted(
            input.counts().halved().thinned(result.successProbability()), result.state());
      }
    };
  }
}
