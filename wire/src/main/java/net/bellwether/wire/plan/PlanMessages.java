package net.bellwether.wire.plan;

import java.util.List;
import java.util.function.LongSupplier;
import net.bellwether.scheduler.PlanOutcome;
import net.bellwether.scheduler.Planner;
import net.bellwether.topology.Network;
import net.bellwether.v1.PlanRequestRequest;
import net.bellwether.v1.PlanRequestResponse;

/// What a planning question means and how its answer is told.
public final class PlanMessages {
  public static final String PLANNED = "planned";
  public static final String REJECTED = "rejected";

  private static final long NANOS_PER_MICRO = 1_000;

  private PlanMessages() {}

  /// What `question` asks of the planner.
  ///
  /// @throws IllegalArgumentException where both ends are the same; a QuestionMistake where a value
  ///   breaks a rule, or names what `network` does not have
  public static PlanQuestion read(Network network, PlanRequestRequest question) {
    return new QuestionReader(network, question).read();
  }

  /// Plans what `question` asks; `nanoTime` is the stopwatch that the answer quotes.
  public static PlanRequestResponse answer(
      PlanningGround ground, PlanQuestion question, LongSupplier nanoTime) {
    long start = nanoTime.getAsLong();
    PlanOutcome outcome = Planner.plan(ground.snapshot(), ground.view(), question.request());
    List<PlanOutcome> alternatives = alternatives(ground, question);
    long planningMicros = (nanoTime.getAsLong() - start) / NANOS_PER_MICRO;
    PlanFigures figures = new PlanFigures(ground, question.request());
    PlanRequestResponse.Builder answer = figures.answer(outcome).setPlanningMicros(planningMicros);
    for (PlanOutcome alternative : alternatives) {
      answer.addAlternatives(figures.answer(alternative).setPlanningMicros(planningMicros));
    }
    return answer.build();
  }

  private static List<PlanOutcome> alternatives(PlanningGround ground, PlanQuestion question) {
    return question.alternatives() == 0
        ? List.of()
        : Planner.alternatives(
            ground.snapshot(), ground.view(), question.request(), question.alternatives());
  }

  /// A plan that runs, without what only its planning knew.
  public static PlanRequestResponse running(PlanOutcome.Planned planned, long planningMicros) {
    return AnswerWriter.planned(planned).clearEffort().setPlanningMicros(planningMicros).build();
  }
}
