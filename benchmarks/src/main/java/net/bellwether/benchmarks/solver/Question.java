package net.bellwether.benchmarks.solver;

import net.bellwether.scheduler.request.Objective;
import net.bellwether.scheduler.request.Prices;
import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.request.StateModel;

/// What is asked of the solver between two nodes.
enum Question {
  CHEAPEST("cheapest", StateModel.WERNER, PurificationClass.ANY),
  PAIR_RATE("pair rate", StateModel.WERNER, PurificationClass.ANY),
  CHEAPEST_NESTED("cheapest, nested", StateModel.WERNER, PurificationClass.NESTED),
  BELL_DIAGONAL(
      "cheapest, Bell-diagonal, nested", StateModel.BELL_DIAGONAL, PurificationClass.NESTED);

  private final String title;
  private final StateModel states;
  private final PurificationClass purifications;

  Question(String title, StateModel states, PurificationClass purifications) {
    this.title = title;
    this.states = states;
    this.purifications = purifications;
  }

  @Override
  public String toString() {
    return title;
  }

  boolean asksForRate() {
    return this == PAIR_RATE;
  }

  PurificationClass purifications() {
    return purifications;
  }

  Request ask(Ends ends, double minFidelity, long workBudget) {
    Objective objective =
        asksForRate() ? new Objective.PairRate() : new Objective.Cheapest(Prices.PAIRS);
    return Request.of(ends.from(), ends.to(), objective, minFidelity)
        .with(states)
        .with(purifications)
        .withWorkBudget(workBudget);
  }
}
