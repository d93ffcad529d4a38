package net.bellwether.simulation.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import net.bellwether.simulation.fault.FaultRun;
import net.bellwether.simulation.fault.FaultSearch;
import net.bellwether.simulation.fault.bug.Bug;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bellctl simulate faults`: many worlds in which everything goes wrong, or one of them with what
/// happened in it. Exit codes as of the program: 5 where a promise was broken.
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description = "Breaks everything, one world a seed, and checks what was promised.")
final class FaultsCommand implements Callable<Integer> {
  private static final int USAGE = 2;
  private static final int FAILED = 5;
  private static final double SECONDS_PER_HOUR = 3_600;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--seeds", defaultValue = "1000", description = "Worlds to run.")
  private long seeds;

  @Option(names = "--from", defaultValue = "1", description = "The first seed.")
  private long from;

  @Option(names = "--seed", description = "Run this world alone.")
  private long[] seed = {};

  @Option(names = "--timeline", description = "With --seed: print what happened.")
  private boolean timeline;

  @Option(names = "--break", defaultValue = "none", description = "Plant a bug around the product.")
  private String broken = "";

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      Bug bug = Bug.parse(broken);
      return seed.length > 0 ? one(seed[0], bug, out) : many(bug, out, err);
    } catch (IllegalArgumentException mistake) {
      err.println("error: " + mistake.getMessage());
      return USAGE;
    }
  }

  private int one(long number, Bug bug, PrintWriter out) {
    FaultRun.Outcome outcome = FaultRun.run(number, bug, timeline);
    if (timeline) {
      out.print(outcome.timeline());
    }
    out.printf(
        Locale.ROOT,
        "seed %d: %.1f s of virtual time, faults: %s; %d checks of promises; %s%n",
        number,
        outcome.virtualSeconds(),
        outcome.faults(),
        outcome.checkCount(),
        outcome.failure().orElse("all kept"));
    return outcome.failure().isEmpty() ? 0 : FAILED;
  }

  private int many(Bug bug, PrintWriter out, PrintWriter err) {
    FaultSearch.Result result = FaultSearch.run(from, seeds, bug, new Progress(err, seeds));
    for (FaultRun.Outcome failure : result.failures()) {
      out.printf("seed %d: %s%n", failure.seed(), failure.failure().orElse(""));
    }
    if (!result.failures().isEmpty()) {
      out.printf(
          "replay with: bellctl simulate faults --seed %d --timeline%s%n",
          result.failures().getFirst().seed(), bug == Bug.NONE ? "" : " --break " + bug.text());
    }
    out.printf(
        Locale.ROOT,
        "%d seeds, %.1f h of virtual time, %d faults (%s), %d checks of promises, %d failures%n",
        result.seedCount(),
        result.virtualSeconds() / SECONDS_PER_HOUR,
        result.faults().total(),
        result.faults(),
        result.checkCount(),
        result.failureCount());
    return result.failureCount() == 0 ? 0 : FAILED;
  }

  /// A line now and then.
  private static final class Progress implements LongConsumer {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PrintWriter err;
    private final long count;
    private long toldAtNanos = System.nanoTime();

    Progress(PrintWriter err, long count) {
      this.err = err;
      this.count = count;
    }

    @Override
    public void accept(long done) {
      long now = System.nanoTime();
      if (now - toldAtNanos >= EVERY_NANOS) {
        toldAtNanos = now;
        err.printf("%d of %d seeds%n", done, count);
        err.flush();
      }
    }
  }
}
