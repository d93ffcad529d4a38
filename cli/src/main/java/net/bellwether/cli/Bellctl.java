package net.bellwether.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.LogManager;
import net.bellwether.wire.TlsFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The root of `bellctl`: global options and where output goes. docs/bellctl.md is its manual.
@Command(
    name = "bellctl",
    description = "Operates a Bellwether network: its topology, plans, sessions and key stock.",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    scope = ScopeType.INHERIT,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the network answered no: plan rejected, session refused, nothing of that name",
      "2:the command, a file or a value is wrong",
      "3:the controller or emulator cannot be reached",
      "4:permission denied",
      "5:the server failed, or the outcome is unknown"
    })
public final class Bellctl {
  @Option(
      names = "--controller",
      paramLabel = "HOST:PORT",
      description =
          "where the controller listens, or several with commas; else BELLWETHER_CONTROLLER",
      defaultValue = "${env:BELLWETHER_CONTROLLER}",
      scope = ScopeType.INHERIT)
  private @Nullable String controller;

  @Option(
      names = "--emulator",
      paramLabel = "HOST:PORT",
      description = "emulator: where it listens; else BELLWETHER_EMULATOR",
      defaultValue = "${env:BELLWETHER_EMULATOR}",
      scope = ScopeType.INHERIT)
  private @Nullable String emulator;

  @Option(
      names = "--identity",
      paramLabel = "DIR",
      description = "directory of cert.pem, key.pem and ca.pem; else BELLWETHER_IDENTITY",
      defaultValue = "${env:BELLWETHER_IDENTITY}",
      scope = ScopeType.INHERIT)
  private @Nullable Path identity;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table (default), json or yaml",
      scope = ScopeType.INHERIT)
  private OutputFormat format = OutputFormat.TABLE;

  private final PrintWriter out;
  private final PrintWriter err;

  private Bellctl(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    // Errors are printed once, by us; and loading a logging backend takes a third of the start.
    System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    LogManager.getLogManager().reset();
    System.exit(run(writer(System.out), writer(System.err), arguments));
  }

  /// Runs one command and returns its exit code; ends no JVM, so that it can be tested.
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    Bellctl root = new Bellctl(out, err);
    CommandLine command =
        new CommandLine(root)
            .addSubcommand(
                new CommandLine(new TopologyCommands(root))
                    .addSubcommand(new TopologyGenerateCommand(root))
                    .addSubcommand(new TopologyImportCommand(root)))
            .addSubcommand(new NodeCommands(root))
            .addSubcommand(new AdminCommands(root))
            .addSubcommand(new LinkCommands(root))
            .addSubcommand(new PlanCommand(root))
            .addSubcommand(
                new CommandLine(new SimulateCommand(root))
                    .addSubcommand(new SimulateFaultsCommand()))
            .addSubcommand(new SessionCommands(root))
            .addSubcommand(new KeyCommands(root))
            .addSubcommand(new AppCommands(root))
            .addSubcommand(new EmulatorCommands(root))
            .addSubcommand(new VersionCommand(root))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setAbbreviatedOptionsAllowed(false)
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler((e, _) -> Failures.ofParameters(e, err))
            .setExecutionExceptionHandler((e, _, _) -> Failures.ofExecution(e, root));
    int code = command.execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  OutputFormat format() {
    return format;
  }

  /// Where the controller was said to be, for messages.
  @Nullable String controller() {
    return controller == null || controller.isEmpty() ? null : controller;
  }

  /// Where the emulator was said to be.
  @Nullable String emulator() {
    return emulator == null || emulator.isEmpty() ? null : emulator;
  }

  /// A connection with the global options; a CommandFailure where one is missing.
  ControllerConnection connect() {
    if (controller() == null) {
      throw new CommandFailure(
          Exit.USAGE,
          "--controller HOST:PORT (or BELLWETHER_CONTROLLER) must say where the controller is");
    }
    return ControllerConnection.open(controller(), identity(), err);
  }

  /// Who calls; a CommandFailure where nobody is named.
  TlsFiles identity() {
    if (identity == null || identity.toString().isEmpty()) {
      throw new CommandFailure(
          Exit.USAGE,
          "--identity DIR (or BELLWETHER_IDENTITY) must name the directory of cert.pem, key.pem and ca.pem");
    }
    return new TlsFiles(identity);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }
}
