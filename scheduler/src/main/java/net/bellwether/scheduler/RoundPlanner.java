package net.bellwether.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.bellwether.scheduler.evaluate.FluidYield;
import net.bellwether.scheduler.evaluate.KeyYield;
import net.bellwether.scheduler.evaluate.RoundYield;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.stage.StagedPlan;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.rules.Rounds;

/// Chooses how a plan divides a window of the frame into rounds. Short rounds waste it on tails and
/// find few pairs, long ones leave modes idle and let pairs decay.
record RoundPlanner(StagedPlan plan, NetworkView view, double memoryShare) {
  /// Each number of rounds tried is about this much larger than the one before.
  private static final double STEP = 1.3;

  /// A round shorter than this has more time in messages and stamps than hardware can follow.
  private static final long SHORTEST_ROUND_PICOS = 20_000_000;

  /// A pair in a quarter of an hour; plans that yield less are no use to anyone.
  private static final double LEAST_PAIRS_PER_SECOND = 1e-3;

  /// Rounds with what they yield.
  record Choice(Grant grant, Evaluation evaluation) {
    double value(Objective objective) {
      return switch (objective) {
        case Objective.Cheapest _, Objective.PairRate _ -> evaluation.pairsPerSecond();
        case Objective.SecretKeyRate _ -> evaluation.asymptoticKeyBitsPerSecond();
        case Objective.Fidelity fidelity ->
            evaluation.pairsPerSecond() >= fidelity.minPairsPerSecond()
                ? evaluation.state().fidelity()
                : 0;
      };
    }
  }

  /// The best rounds in `[startPicos, startPicos + lengthPicos)` whose pairs have `minFidelity`.
  Optional<Choice> best(
      long startPicos, long lengthPicos, Objective objective, double minFidelity) {
    List<Sized> sizes = new ArrayList<>();
    for (Rounds rounds : divisions(startPicos, lengthPicos)) {
      double pairs = RoundYield.pairs(plan, rounds.attemptPicos(), memoryShare);
      double pairsPerSecond = pairs * rounds.roundsPerSecond();
      if (pairsPerSecond >= LEAST_PAIRS_PER_SECOND) {
        sizes.add(new Sized(rounds, pairsPerSecond));
      }
    }
    double valuePerPair = bestValuePerPair(objective);
    sizes.sort(Comparator.comparingDouble(Sized::pairsPerSecond).reversed());
    Optional<Choice> best = Optional.empty();
    for (Sized size : sizes) {
      if (best.isPresent() && size.pairsPerSecond() * valuePerPair <= best.get().value(objective)) {
        break;
      }
      Choice choice = choose(size.rounds());
      if (choice.evaluation().state().fidelity() >= minFidelity
          && choice.value(objective) > best.map(b -> b.value(objective)).orElse(0.0)) {
        best = Optional.of(choice);
      }
    }
    return best;
  }

  /// The rounds whose pairs have the highest fidelity, however few.
  Optional<Choice> finest(long startPicos, long lengthPicos) {
    return divisions(startPicos, lengthPicos).stream()
        .map(this::choose)
        .filter(choice -> choice.evaluation().pairsPerSecond() >= LEAST_PAIRS_PER_SECOND)
        .max(Comparator.comparingDouble(choice -> choice.evaluation().state().fidelity()));
  }

  private record Sized(Rounds rounds, double pairsPerSecond) {}

  /// What a pair is worth at most: as much as one that never waited.
  private double bestValuePerPair(Objective objective) {
    return switch (objective) {
      case Objective.Cheapest _, Objective.PairRate _ -> 1;
      // A pair more does not make the others finer.
      case Objective.Fidelity _ -> Double.POSITIVE_INFINITY;
      case Objective.SecretKeyRate _ ->
          KeyYield.of(
                  FluidYield.of(plan, memoryShare).state(),
                  view.node(plan.last().left()).operations(),
                  view.node(plan.last().right()).operations())
              .asymptoticBitsPerPair();
    };
  }

  private Choice choose(Rounds rounds) {
    Grant grant = new Grant(rounds, memoryShare);
    return new Choice(grant, Evaluator.evaluate(plan, view, grant));
  }

  /// The window cut into equal rounds, in ever larger numbers, as long as every link has time for
  /// an attempt.
  private List<Rounds> divisions(long startPicos, long lengthPicos) {
    List<Rounds> divisions = new ArrayList<>();
    long shortest = 0;
    for (LinkMode mode : plan.links()) {
      shortest = Math.max(shortest, mode.heraldLatencyPicos() + mode.attemptPeriodPicos());
    }
    for (int count = 1; ; count = (int) Math.max(count + 1L, Math.round(count * STEP))) {
      long period = lengthPicos / count;
      long attempt = period - plan.tailPicos();
      if (attempt < shortest || period < SHORTEST_ROUND_PICOS) {
        return divisions;
      }
      divisions.add(new Rounds(startPicos, attempt, period, count));
    }
  }
}
