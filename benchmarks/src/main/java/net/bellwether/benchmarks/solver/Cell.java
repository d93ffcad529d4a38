package net.bellwether.benchmarks.solver;

import java.util.ArrayList;
import java.util.List;
import net.bellwether.benchmarks.Distribution;
import net.bellwether.scheduler.solver.FluidEvaluator;
import net.bellwether.scheduler.solver.FluidPlan;
import net.bellwether.scheduler.solver.Solution;

/// The answers to one question, with one floor, on one network: a row of the table.
record Cell(
    TestNetwork network,
    Question question,
    Ends.Choice choice,
    double minFidelity,
    long workBudget,
    List<Ends> ends,
    List<Answer> answers) {
  private static final double CLAIM_TOLERANCE = 1e-9;

  /// Evaluating a plan looks links up one by one, which takes long on large networks.
  private static final int CHECKED_MAX = 200;

  /// Asks until `workLimit` candidates have been looked at in all, by work and not by time, so that
  /// every run asks the same; a tenth of it warms up.
  static Cell measure(
      TestNetwork network,
      Question question,
      Ends.Choice choice,
      double minFidelity,
      long workBudget,
      long workLimit,
      Draw draw) {
    ask(network, question, minFidelity, workBudget, workLimit / 10, draw.warmUp());
    List<Answer> answers = ask(network, question, minFidelity, workBudget, workLimit, draw.timed());
    return new Cell(
        network,
        question,
        choice,
        minFidelity,
        workBudget,
        draw.timed().subList(0, answers.size()),
        answers);
  }

  private static List<Answer> ask(
      TestNetwork network,
      Question question,
      double minFidelity,
      long workBudget,
      long workLimit,
      List<Ends> ends) {
    List<Answer> answers = new ArrayList<>();
    long work = 0;
    for (Ends each : ends) {
      if (work >= workLimit) {
        break;
      }
      Answer answer = Answer.to(network.snapshot(), question.ask(each, minFidelity, workBudget));
      work += answer.solution().effort().candidates();
      answers.add(answer);
    }
    return answers;
  }

  /// Ends to warm up with, and others to time.
  record Draw(List<Ends> warmUp, List<Ends> timed) {
    private static final long WARM_UP_SEED = 1_000_003;
    private static final long TIMED_SEED = 7;

    static Draw of(TestNetwork network, Ends.Choice choice, int warmUp, int timed) {
      return new Draw(
          Ends.draw(network, choice, warmUp, WARM_UP_SEED),
          Ends.draw(network, choice, timed, TIMED_SEED));
    }
  }

  List<Answer> plans() {
    return answers.stream().filter(Answer::isPlan).toList();
  }

  Distribution nanos() {
    return Distribution.of(answers, Answer::nanos);
  }

  Distribution nanosOfPlans() {
    return Distribution.of(plans(), Answer::nanos);
  }

  Distribution processorNanos() {
    return Distribution.of(answers, Answer::processorNanos);
  }

  Distribution bytes() {
    return Distribution.of(answers, Answer::bytes);
  }

  Distribution costs() {
    return Distribution.of(plans(), Answer::cost);
  }

  long provenBest() {
    return answers.stream().filter(Answer::isProvenBest).count();
  }

  long provenInfeasible() {
    return answers.stream().filter(Answer::isProvenInfeasible).count();
  }

  long undecided() {
    return answers.size() - plans().size() - provenInfeasible();
  }

  long tooFar() {
    return ends.stream().filter(Ends::tooFar).count();
  }

  /// Of the plans that are not proven best.
  double meanGap() {
    return Distribution.of(
            plans().stream().filter(answer -> !answer.isProvenBest()).toList(), Answer::gap)
        .mean();
  }

  /// Plans of which the evaluator, from the tree alone, gives another cost or fidelity than the
  /// solver claims, or a fidelity below the floor; the first plans are looked at.
  long wrongClaims() {
    return plans().stream().limit(CHECKED_MAX).filter(this::isWrongClaim).count();
  }

  private boolean isWrongClaim(Answer answer) {
    if (!(answer.solution() instanceof Solution.Found found)) {
      return false;
    }
    FluidPlan claimed = found.best();
    FluidPlan evaluated = FluidEvaluator.evaluate(claimed.plan(), network.view(), answer.request());
    return differ(claimed.cost(), evaluated.cost())
        || differ(claimed.state().fidelity(), evaluated.state().fidelity())
        || evaluated.state().fidelity() < minFidelity - CLAIM_TOLERANCE;
  }

  static boolean differ(double one, double other) {
    return !(Math.abs(one - other) <= CLAIM_TOLERANCE * Math.abs(one));
  }
}
