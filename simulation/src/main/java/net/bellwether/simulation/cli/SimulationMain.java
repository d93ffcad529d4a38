package net.bellwether.simulation.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import net.bellwether.simulation.outcome.RunOutcome;
import net.bellwether.simulation.run.ScenarioRun;
import net.bellwether.simulation.scenario.Scenario;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The program behind `bellctl simulate`. Exit codes are those of `bellctl`: 0 done, 2 the command,
/// the file or a value is wrong, 5 the simulation failed or leaked.
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    subcommands = FaultsCommand.class,
    description = "Runs a scenario in virtual time: controller, agents and nature in one process.")
public final class SimulationMain implements Callable<Integer> {
  private static final int USAGE = 2;
  private static final int FAILED = 5;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SCENARIO",
      arity = "0..1",
      description = "A scenario file, or a name of the library.")
  private String scenario = "";

  @Option(names = "--duration", defaultValue = "1m", description = "Virtual time to run.")
  private String duration = "";

  @Option(names = "--seed", defaultValue = "1", description = "Decides all that chance decides.")
  private long seed;

  @Option(names = "--check", description = "Only check the scenario.")
  private boolean check;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  public static void main(String[] arguments) {
    PrintWriter out = writer(System.out);
    PrintWriter err = writer(System.err);
    int code = run(out, err, arguments);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /// Runs once and returns the exit code; ends no JVM.
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new SimulationMain()).setOut(out).setErr(err).execute(arguments);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      if (scenario.isEmpty()) {
        throw new IllegalArgumentException(
            "a scenario must be given, or faults: see bellctl simulate --help");
      }
      long frames = DurationText.frames(duration);
      Scenario read = ScenarioSource.read(scenario);
      if (check) {
        out.printf(
            "%s is right: network %s of %d nodes and %d links, %d sessions, %d events%n",
            scenario,
            read.network().name(),
            read.network().nodes().size(),
            read.network().links().size(),
            read.sessions().size(),
            read.happenings().size());
        return 0;
      }
      SpeedLine speed = new SpeedLine(err, frames);
      RunOutcome outcome = ScenarioRun.run(read, frames, seed, speed);
      speed.end();
      out.print(json ? OutcomeJson.of(outcome) : OutcomeTable.of(outcome));
      return outcome.leaks().isEmpty() ? 0 : FAILED;
    } catch (IllegalArgumentException mistake) {
      err.println("error: " + mistake.getMessage());
      return USAGE;
    } catch (IllegalStateException defect) {
      err.println("error: the simulation failed, seed " + seed + ": " + defect.getMessage());
      return FAILED;
    }
  }
}
