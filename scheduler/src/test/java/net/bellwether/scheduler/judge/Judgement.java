package net.bellwether.scheduler.judge;

import java.io.PrintStream;
import java.util.Iterator;
import net.bellwether.scheduler.judge.BruteForce.Ruling;
import net.bellwether.scheduler.judge.Judge.Outcome;

/// The comparison of a solver with the enumeration, over one instance after the other.
final class Judgement {
  private static final int LINE_EVERY = 500;

  private Judgement() {}

  /// Instances by what came of them.
  record Tally(
      long instances, long optimum, long infeasible, long incomplete, long unproven, long wrong) {

    Tally plus(Outcome outcome) {
      return new Tally(
          instances + 1,
          optimum + (outcome instanceof Outcome.SameOptimum ? 1 : 0),
          infeasible + (outcome instanceof Outcome.BothInfeasible ? 1 : 0),
          incomplete + (outcome instanceof Outcome.Incomplete ? 1 : 0),
          unproven + (outcome instanceof Outcome.Unproven ? 1 : 0),
          wrong + (outcome instanceof Outcome.Wrong ? 1 : 0));
    }

    @Override
    public String toString() {
      return "%d instances: optimum compared %d, infeasible agreed %d, skipped as incomplete %d, left with a gap by the solver %d, wrong %d"
          .formatted(instances, optimum, infeasible, incomplete, unproven, wrong);
    }
  }

  /// Judges until the optima of `count` instances have been compared; or were answered wrongly, or
  /// as many left with a gap. Infeasible instances, and those whose optimum may need more leaves
  /// than are enumerated, come on top. Prints every wrong answer, and the tally.
  static Tally run(Judged solver, Iterator<Instance> instances, long count, PrintStream out) {
    Tally tally = new Tally(0, 0, 0, 0, 0, 0);
    while (tally.optimum() + tally.wrong() < count && tally.unproven() < count) {
      Instance instance = instances.next();
      Ruling ruling = BruteForce.rule(instance);
      Outcome outcome = Judge.judge(instance, ruling, solver.answer(instance));
      if (outcome instanceof Outcome.Wrong wrong) {
        out.println(wrong.why());
      }
      tally = tally.plus(outcome);
      if (tally.instances() % LINE_EVERY == 0) {
        out.println(tally);
      }
    }
    out.println(tally);
    return tally;
  }
}
