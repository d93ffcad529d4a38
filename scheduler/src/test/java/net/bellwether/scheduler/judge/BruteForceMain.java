package net.bellwether.scheduler.judge;

import java.io.PrintStream;
import net.bellwether.scheduler.judge.BruteForce.Ruling;
import net.bellwether.scheduler.judge.Instance.StateModel;
import net.bellwether.scheduler.judge.Judge.Outcome;

/// The whole comparison: `BruteForceMain COUNT [SEED [bell-diagonal]]` judges instances from SEED
/// on (1 by default) until the optima of COUNT of them have been compared, and exits with 1 if any
/// answer is wrong. Infeasible instances, and those whose optimum may need more leaves than are
/// enumerated, come on top. With `bell-diagonal` no state is twirled; then trees are smaller, and
/// only the cheapest plan can be certain.
///
///     ./mvnw -q -pl scheduler -am test-compile
///     java -cp scheduler/target/test-classes:scheduler/target/classes:topology-models/target/classes \
///         net.bellwether.scheduler.judge.BruteForceMain 5000
final class BruteForceMain {
  private static final int LINE_EVERY = 500;

  private BruteForceMain() {}

  public static void main(String[] arguments) {
    if (arguments.length < 1 || arguments.length > 3) {
      System.err.println("usage: BruteForceMain COUNT [SEED [bell-diagonal]]");
      System.exit(2);
    }
    long count = Long.parseLong(arguments[0]);
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    StateModel model = arguments.length > 2 ? StateModel.BELL_DIAGONAL : StateModel.WERNER;
    Tally tally = run(new SolverJudged(200_000), model, count, seed, System.out);
    System.exit(tally.wrong() == 0 ? 0 : 1);
  }

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

  static Tally run(Judged solver, StateModel model, long count, long firstSeed, PrintStream out) {
    Tally tally = new Tally(0, 0, 0, 0, 0, 0);
    for (long seed = firstSeed;
        tally.optimum() + tally.unproven() + tally.wrong() < count;
        seed++) {
      Instance drawn = RandomInstances.of(seed);
      Instance instance = drawn.on(drawn.view(), model);
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
