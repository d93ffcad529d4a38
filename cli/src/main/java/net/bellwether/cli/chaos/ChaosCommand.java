package net.bellwether.cli.chaos;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import net.bellwether.cli.demo.ControllerClient;
import net.bellwether.cli.demo.LocalNetwork;
import net.bellwether.cli.demo.Progress;
import net.bellwether.cli.demo.StateDirectory;
import net.bellwether.topology.Network;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.scenario.Scenarios;
import net.bellwether.wire.RpcErrors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bellwether chaos`: real processes are killed and paused, and what they say to each other is
/// delayed, held or broken off, under load; then the history of what clients were told is checked.
/// Exit codes: 0 every promise was kept, 1 not, or it could not run.
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = {
      "Kills and pauses controllers, etcd members and agents of a network on this machine, and "
          + "cuts, delays and resets the connections of controllers, while tenants open sessions "
          + "and consumers fetch keys, then checks that no promise was broken.",
      "As root on Linux each controller and its etcd member have a machine of their own (a network "
          + "namespace), whose wire is cut, throttled and made to lose packets, too. It breaks no "
          + "disks."
    })
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
public final class ChaosCommand implements Callable<Integer> {
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final int CONTROLLERS = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--minutes",
      defaultValue = "30",
      paramLabel = "M",
      description = "How long faults befall the network (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "Draws faults and load; not when who runs (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--fault-seconds",
      defaultValue = "6",
      paramLabel = "T",
      description = "A fault about every T seconds (default: ${DEFAULT-VALUE}).")
  private double faultSeconds;

  @Option(
      names = "--scenario",
      defaultValue = TenSites.NAME,
      paramLabel = "NAME",
      description = "Scenario of the library; else ten sites on a ring.")
  private String scenario;

  @Option(
      names = "--find-etcd",
      defaultValue = "${sys:bellwether.find-etcd}",
      hidden = true,
      description = "Script that prints where etcd is.")
  private Path findEtcd;

  @Option(
      names = "--state-dir",
      defaultValue = ".state/chaos",
      description =
          "Where keys, certificates and logs go; emptied first (default: ${DEFAULT-VALUE}).")
  private Path stateDirectory;

  @Option(
      names = "--lib",
      defaultValue = "${sys:bellwether.lib}",
      hidden = true,
      description = "Folder of the program libraries.")
  private Path libraries;

  @Override
  public Integer call() throws InterruptedException {
    require("--minutes", minutes, 24 * 60);
    require("--fault-seconds", faultSeconds, 3_600);
    try (StateDirectory state = StateDirectory.emptied(stateDirectory.toAbsolutePath());
        Wires wires = Wires.lay(CONTROLLERS, spec.commandLine().getOut())) {
      // Ctrl-C ends the program without leaving this block.
      Runtime.getRuntime().addShutdownHook(new Thread(wires::close, "take the wires away"));
      return run(state.path(), wires) ? 0 : 1;
    } catch (StatusRuntimeException e) {
      return fail(RpcErrors.describe(e));
    } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
      return fail(String.valueOf(e.getMessage()));
    }
  }

  private void require(String option, double value, double max) {
    if (!(value > 0 && value <= max)) {
      throw new ParameterException(
          spec.commandLine(), "%s (%s) must be in (0, %.0f]".formatted(option, value, max));
    }
  }

  private int fail(String message) {
    spec.commandLine().getErr().println("error: " + message);
    return 1;
  }

  private boolean run(Path state, Wires wires) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(out);
    String document =
        scenario.equals(TenSites.NAME) ? TenSites.document() : Scenarios.document(scenario);
    Network network = read(document);
    out.printf(
        "Chaos on %s for %s minutes, seed %d: %d controllers, as many etcd members, %d agents."
            + " Logs: %s%nProcesses are killed and paused, their connections cut, delayed and reset;"
            + " disks are not broken.%n",
        scenario, minutes, seed, CONTROLLERS, network.nodes().size(), state);
    LocalNetwork local =
        LocalNetwork.start(
            libraries,
            state,
            network,
            document,
            new LocalNetwork.Controllers(CONTROLLERS, findEtcd, wires.passages(), wires.sites()),
            progress::say);
    Run run = new Run();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  run.end();
                  local.close();
                },
                "stop everything"));
    try (ControllerClient operator =
            new ControllerClient(local.controllerEndpoint(), local.operator(), Chaos.DEADLINE);
        PrintWriter log =
            new PrintWriter(
                Files.newBufferedWriter(state.resolve("faults.log"), StandardCharsets.UTF_8))) {
      operator.applyTopology(scenario + ".yaml", document);
      progress.await(
          "agents connecting",
          START_PATIENCE,
          () -> Chaos.missing(operator).isEmpty(),
          () -> Chaos.missing(operator).toString());
      Chaos.Length length =
          new Chaos.Length(ofSeconds(minutes * 60), ofSeconds(faultSeconds), seed);
      Chaos chaos = new Chaos(run, length, local, wires, network, operator, progress);
      return chaos.wreak(log).print(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write under " + state, e);
    } finally {
      run.end();
      local.close();
      progress.say("stopped everything");
    }
  }

  private static Duration ofSeconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  private Network read(String document) {
    return switch (TopologyReader.read(scenario + ".yaml", document)) {
      case TopologyReading.Valid(Network network) -> network;
      case TopologyReading.Invalid(var mistakes) ->
          throw new IllegalStateException("scenario " + scenario + " is broken: " + mistakes);
    };
  }
}
