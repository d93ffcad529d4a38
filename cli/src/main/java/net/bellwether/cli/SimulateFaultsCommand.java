package net.bellwether.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bellctl simulate faults`: see [SimulateCommand].
@Command(
    name = "faults",
    description = {
      "Runs whole systems in virtual time, one a seed, breaks everything on purpose, and checks at "
          + "every step what was promised (docs/fault-simulation.md).",
      "The same seed gives the same timeline. Progress goes to standard error."
    })
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
final class SimulateFaultsCommand implements Callable<Integer> {
  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "worlds to run (default: ${DEFAULT-VALUE})")
  private long seeds;

  @Option(
      names = "--from",
      paramLabel = "N",
      defaultValue = "1",
      description = "the first seed (default: ${DEFAULT-VALUE})")
  private long from;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "",
      description = "run this world alone")
  private String seed;

  @Option(names = "--timeline", description = "with --seed: print what happened")
  private boolean timeline;

  @Option(
      names = "--break",
      paramLabel = "WHAT",
      defaultValue = "none",
      description = "plant a bug around the product, to see that it is found")
  private String broken;

  @Override
  public Integer call() throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("faults", "--break=" + broken));
    if (seed.isEmpty()) {
      arguments.add("--seeds=" + seeds);
      arguments.add("--from=" + from);
    } else {
      arguments.add("--seed=" + seed);
    }
    if (timeline) {
      arguments.add("--timeline");
    }
    // Failures are what it is about; the product's own words on them would drown the result.
    return SimulationProgram.run("OFF", arguments);
  }
}
