package net.bellwether.scheduler.judge;

import java.io.PrintStream;
import net.bellwether.scheduler.judge.BruteForce.Ruling;
import net.bellwether.scheduler.judge.Judge.Outcome;

/// The whole comparison: `BruteForceMain COUNT [SEED]` judges instances from SEED on (1 by default)
/// until the optima of COUNT of them have been compared, and exits with 1 if any answer is wrong.
/// Infeasible instances, and those whose optimum may need more leaves than are enumerated, come on
/// top.
final class BruteForceMain {
  private static final int LINE_EVERY = 500;

  private BruteForceMain() {}

  public static void main(String[] arguments) {
    if (arguments.length < 1 || arguments.length > 2) {
      System.err.println("usage: BruteForceMain COUNT [SEED]");
      System.exit(2);
    }
    long count = Long.parseLong(arguments[0]);
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    Tally tally = run(new Reference(), count, seed, System.out);
    System.exit(tally.wrong() == 0 ? 0 : 1);
  }

  /// Instances by what came of them.
  record Tally(long instances, long optimum, long infeasible, long incomplete, long wrong) {

    Tally plus(Outcome outcome) {
      return switch (outcome) {
        case Outcome.SameOptimum _ ->
            new Tally(instances + 1, optimum + 1, infeasible, incomplete, wrong);
        case Outcome.BothInfeasible _ ->
            new Tally(instances + 1, optimum, infeasible + 1, incomplete, wrong);
        case Outcome.Incomplete _ ->
            new Tally(instances + 1, optimum, infeasible, incomplete + 1, wrong);
        case Outcome.Wrong _ ->
            new Tally(instances + 1, optimum, infeasible, incomplete, wrong + 1);
      };
    }

    @Override
    public String toString() {
      return "%d instances: optimum compared %d, infeasible agreed %d, skipped as incomplete %d, wrong %d"
          .formatted(instances, optimum, infeasible, incomplete, wrong);
    }
  }

  static Tally run(Judged solver, long count, long firstSeed, PrintStream out) {
    Tally tally = new Tally(0, 0, 0, 0, 0);
    for (long seed = firstSeed; tally.optimum() + tally.wrong() < count; seed++) {
      Instance instance = RandomInstances.of(seed);
      Ruling ruling = BruteForce.werner(instance);
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
