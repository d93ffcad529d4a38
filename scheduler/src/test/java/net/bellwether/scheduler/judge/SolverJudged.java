package net.bellwether.scheduler.judge;

import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import net.bellwether.scheduler.request.Limits;
import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Prices;
import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.solver.NetworkSnapshot;
import net.bellwether.scheduler.solver.Solution;
import net.bellwether.scheduler.solver.Solver;

/// The solver, asked what the judge asks.
final class SolverJudged implements Judged {
  private final long workBudget;

  SolverJudged(long workBudget) {
    this.workBudget = workBudget;
  }

  @Override
  public Verdict answer(Instance instance) {
    return switch (Solver.solve(NetworkSnapshot.of(instance.view()), request(instance))) {
      case Solution.Found found ->
          new Verdict.Best(found.best().value(), found.bound(), found.best().plan());
      case Solution.NotFound none ->
          none.proven() ? new Verdict.Nothing() : new Verdict.Undecided();
    };
  }

  private Request request(Instance instance) {
    Limits limits =
        new Limits(
            new LinkedHashSet<>(instance.excludedLinks()),
            new LinkedHashSet<>(instance.excludedNodes()),
            new LinkedHashSet<>(instance.requiredLinks()),
            new LinkedHashSet<>(instance.requiredNodes()),
            Set.of(),
            instance.maxHops());
    return new Request(
        instance.from(),
        instance.to(),
        objective(instance),
        instance.objective() == Instance.Objective.FIDELITY
            ? Math.nextUp(0.5)
            : instance.minFidelity(),
        limits,
        switch (instance.states()) {
          case WERNER -> net.bellwether.scheduler.request.StateModel.WERNER;
          case BELL_DIAGONAL -> net.bellwether.scheduler.request.StateModel.BELL_DIAGONAL;
        },
        switch (instance.planClass()) {
          case ANY -> PurificationClass.ANY;
          case NESTED -> PurificationClass.NESTED;
        },
        workBudget);
  }

  private static Objective objective(Instance instance) {
    return switch (instance.objective()) {
      case CHEAPEST ->
          new Objective.Cheapest(
              new Prices(
                  switch (instance.priceUnit()) {
                    case PER_PAIR -> Prices.Unit.PAIR;
                    case PER_LINK_SECOND -> Prices.Unit.LINK_SECOND;
                  },
                  1,
                  instance.prices()));
      case PAIR_RATE -> new Objective.PairRate();
      case SECRET_KEY_RATE ->
          new Objective.SecretKeyRate(Objective.KeyProtocol.BBM92, OptionalLong.empty());
      case FIDELITY -> new Objective.Fidelity(instance.minPairsPerSecond());
    };
  }
}
