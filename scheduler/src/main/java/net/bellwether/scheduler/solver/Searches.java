package net.bellwether.scheduler.solver;

import java.util.Optional;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.request.StateModel;

/// All searches for one request: one question, under the metric that suits it best, and the work
/// they did.
final class Searches {
  /// Part of the budget for a search that is not the proof.
  private static final int FIRST_PART = 3;

  final Request request;
  final Scratch scratch;
  final Aims aims;
  final Bounding bounding;
  final Question question;
  final Work work = new Work();

  private Searches(Request request, Scratch scratch, Aims aims, Bounding bounding, Question asked) {
    this.request = request;
    this.scratch = scratch;
    this.aims = aims;
    this.bounding = bounding;
    this.question = asked;
  }

  /// Empty where no path joins the ends.
  static Optional<Searches> findPath(Usable usable, Request request, Scratch scratch) {
    Aims aims = new Aims(usable, request);
    Bounding bounding = new Bounding(usable, request, scratch);
    if (!bounding.findPath(aims.floorLoss())) {
      return Optional.empty();
    }
    Question question =
        new Question(
            bounding.metric(),
            scratch.near(),
            scratch.far(),
            Requirements.of(usable.snapshot, request.limits()),
            request.states(),
            request.purifications());
    return Optional.of(new Searches(request, scratch, aims, bounding, question));
  }

  SpanSearch search(Pass pass, long budget) {
    work.passes++;
    SpanSearch search = new SpanSearch(scratch, question, pass, work);
    search.run(budget);
    return search;
  }

  Aim aim() {
    return aims.of(question.metric);
  }

  /// The plan of a label of the last search.
  FluidPlan plan(int label) {
    return aims.plan(scratch.labels, label, question.usable);
  }

  long firstBudget() {
    return request.workBudget() / FIRST_PART;
  }

  boolean ofWernerStates() {
    return request.states() == StateModel.WERNER;
  }

  boolean isTooLong(FluidPlan plan) {
    return FluidEvaluator.hops(plan.plan()) > request.limits().maxHops();
  }
}
