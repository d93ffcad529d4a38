package net.bellwether.scheduler.evaluate;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import net.bellwether.scheduler.stage.Stage;
import net.bellwether.scheduler.stage.Stage.Origin;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.physics.Purification;

/// What a plan yields when every pair finds its partner at once and nothing decays: pairs a second
/// with the links at work all the time, the state, and the elementary pairs that one finished pair
/// takes on each link.
public record FluidYield(
    double pairsPerSecond, BellDiagonal state, SequencedMap<LinkId, Double> consumed) {

  public static FluidYield of(StagedPlan plan, NetworkView view, double memoryShare) {
    SequencedMap<LinkId, Double> consumed = new LinkedHashMap<>();
    BellDiagonal state = state(plan.last(), view, 1, consumed);
    double rate = Double.POSITIVE_INFINITY;
    for (LinkMode mode : plan.path()) {
      double supply =
          mode.fluidPairsPerSecond() * mode.multiplexingOf(memoryShare) / mode.multiplexing();
      rate = Math.min(rate, supply / consumed.getOrDefault(mode.link(), 1.0));
    }
    return new FluidYield(rate, state, consumed);
  }

  private static BellDiagonal state(
      Stage stage, NetworkView view, double perFinished, SequencedMap<LinkId, Double> consumed) {
    return switch (stage.origin()) {
      case Origin.Generated generated -> {
        consumed.put(generated.mode().link(), perFinished);
        yield generated.mode().state();
      }
      case Origin.Swapped swapped -> {
        var operations = view.node(swapped.at()).operations();
        double each = perFinished / operations.swapSuccessProbability();
        BellDiagonal left = state(swapped.leftInput(), view, each, consumed);
        yield left.swapped(state(swapped.rightInput(), view, each, consumed), operations);
      }
      case Origin.Purified purified -> {
        // Its success, and so what it takes, is known only after the state of its input.
        SequencedMap<LinkId, Double> perInput = new LinkedHashMap<>();
        BellDiagonal input = state(purified.input(), view, 1, perInput);
        var result =
            Purification.purify(
                input,
                input,
                purified.protocol(),
                view.node(stage.left()).operations(),
                view.node(stage.right()).operations());
        double inputs = 2 * perFinished / result.successProbability();
        perInput.forEach((link, count) -> consumed.put(link, count * inputs));
        yield result.state();
      }
    };
  }
}
