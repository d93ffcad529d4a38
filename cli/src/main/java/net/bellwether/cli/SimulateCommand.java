package net.bellwether.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bellctl simulate`: starts the module `simulation` as a program of its own, because it knows
/// everything and nothing may know it; and its JVM is one for long computations, unlike this one.
@Command(
    name = "simulate",
    description = {
      "Runs a scenario in virtual time: controller, agents, keys and nature in one process, "
          + "from one seed. The same seed prints the same bytes.",
      "Progress and speed go to standard error."
    })
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
final class SimulateCommand implements Callable<Integer> {
  private final Bellctl root;

  @Parameters(
      paramLabel = "SCENARIO",
      arity = "0..1",
      defaultValue = "",
      description =
          "a scenario file (docs/simulation.md), or a name of the scenario library for its network "
              + "and its own session")
  private String scenario;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "1m",
      description = "virtual time to run: 90s, 30m, 1h (default: ${DEFAULT-VALUE})")
  private String duration;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "decides all that chance decides (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--check", description = "only check the scenario, list every mistake")
  private boolean check;

  SimulateCommand(Bellctl root) {
    this.root = root;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (scenario.isEmpty()) {
      throw new CommandFailure(Exit.USAGE, "a scenario must be given, or faults");
    }
    root.out().flush();
    return SimulationProgram.run("WARN", arguments());
  }

  private List<String> arguments() {
    List<String> command = new ArrayList<>();
    command.add(scenario);
    command.add("--duration=" + duration);
    command.add("--seed=" + seed);
    if (check) {
      command.add("--check");
    }
    // A JSON document is a YAML document too.
    if (root.format() != OutputFormat.TABLE) {
      command.add("--json");
    }
    return command;
  }
}
