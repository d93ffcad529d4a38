package net.bellwether.controller;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.bellwether.controller.store.etcd.EtcdConfig;
import net.bellwether.wire.BuildVersion;
import net.bellwether.wire.TlsFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The controller program. Exit codes: 0 stopped on request, 1 cannot run or its store failed, 2
/// wrong flags.
@Command(
    name = "controller",
    description = "Decides who gets entanglement, and installs that in node agents.",
    mixinStandardHelpOptions = true,
    versionProvider = ControllerMain.Version.class)
public final class ControllerMain implements Callable<Integer> {
  private static final int CANNOT_RUN = 1;
  private static final int WRONG_FLAGS = 2;

  /// Longest time that closing may take once the program is told to stop.
  private static final long STOP_SECONDS = 10;

  @Option(
      names = "--listen",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where operators, tenants and agents connect.")
  private String listen = "";

  @Option(
      names = "--identity",
      required = true,
      paramLabel = "DIR",
      description = "Directory with cert.pem, key.pem and ca.pem.")
  private Path identity = Path.of("");

  @ArgGroup(multiplicity = "1")
  private Store store = new Store();

  /// One controller alone, or one of several.
  static final class Store {
    @Option(
        names = "--state-dir",
        paramLabel = "DIR",
        description = "Directory of the controller's store: it is the only controller.")
    private @Nullable Path stateDirectory;

    @ArgGroup(exclusive = false)
    private @Nullable Etcd etcd;
  }

  /// What several controllers share.
  static final class Etcd {
    @Option(
        names = "--etcd",
        required = true,
        split = ",",
        paramLabel = "HOST:PORT",
        description = "Members of the etcd that several controllers share, instead of --state-dir.")
    private List<String> members = List.of();

    @Option(
        names = "--etcd-identity",
        paramLabel = "DIR",
        description =
            "Directory with cert.pem, key.pem and ca.pem towards etcd; else that of --identity.")
    private @Nullable Path identity;

    @Option(
        names = "--advertise-host",
        paramLabel = "HOST",
        description = "Where other controllers reach this one; else the host of --listen.")
    private @Nullable String advertisedHost;
  }

  @Option(
      names = "--http-listen",
      paramLabel = "HOST:PORT",
      description = "Where to answer HTTPS at /health; nowhere by default.")
  private @Nullable String httpListen;

  @Spec private @Nullable CommandSpec spec;

  /// Prints the version of the build.
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"controller " + BuildVersion.current()};
    }
  }

  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new ControllerMain())
        .setParameterExceptionHandler(ControllerMain::explainFlags)
        .setExecutionExceptionHandler(ControllerMain::explainFailure)
        .execute(args);
  }

  @Override
  public Integer call() throws InterruptedException {
    ControllerConfig config = config();
    RunningController controller = RunningController.start(config);
    Shutdown shutdown = controller.shutdown();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> stop(shutdown)));
    try (controller) {
      PrintWriter out = command().getOut();
      out.println(
          "controller listening on " + config.listen().getHostString() + ":" + controller.port());
      controller
          .httpPort()
          .ifPresent(port -> out.println("controller answers HTTPS at port " + port));
      out.flush();
      shutdown.await();
    } finally {
      shutdown.closed();
    }
    if (shutdown.hasFailed()) {
      command().getErr().println("controller: its store failed; the log has the cause");
      return CANNOT_RUN;
    }
    return 0;
  }

  /// Lets the main thread close everything before the process ends. That thread cannot be joined:
  /// its own exit waits for this hook.
  private static void stop(Shutdown shutdown) {
    shutdown.request();
    try {
      shutdown.awaitClosed(STOP_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ControllerConfig config() {
    InetSocketAddress listenAddress = address("--listen", listen);
    return new ControllerConfig(
        listenAddress,
        tls("--identity", identity),
        storeChoice(listenAddress),
        Optional.ofNullable(httpListen).map(text -> address("--http-listen", text)));
  }

  private StoreChoice storeChoice(InetSocketAddress listenAddress) {
    Etcd shared = store.etcd;
    if (shared == null) {
      return new StoreChoice.Embedded(
          Optional.ofNullable(store.stateDirectory)
              .orElseThrow(() -> wrong("--state-dir or --etcd must say where state is kept")));
    }
    TlsFiles tls =
        shared.identity == null
            ? tls("--identity", identity)
            : tls("--etcd-identity", shared.identity);
    shared.members.forEach(member -> address("--etcd", member));
    return new StoreChoice.Shared(
        EtcdConfig.of(shared.members, tls),
        Optional.ofNullable(shared.advertisedHost).orElse(listenAddress.getHostString()));
  }

  private TlsFiles tls(String flag, Path directory) {
    TlsFiles tls = new TlsFiles(directory);
    for (Path file : new Path[] {tls.certificate(), tls.privateKey(), tls.trust()}) {
      if (!Files.isReadable(file)) {
        throw wrong(flag + " (" + directory + ") must have a readable " + file.getFileName());
      }
    }
    return tls;
  }

  private InetSocketAddress address(String flag, String text) {
    int colon = text.lastIndexOf(':');
    if (colon > 0 && text.substring(colon + 1).matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port <= 65_535) {
        return new InetSocketAddress(text.substring(0, colon), port);
      }
    }
    throw wrong(flag + " (" + text + ") must be HOST:PORT, for example localhost:7443");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command(), message);
  }

  private CommandLine command() {
    CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("the command must be run by picocli");
    }
    return known.commandLine();
  }

  private static int explainFlags(ParameterException e, String[] args) {
    e.getCommandLine().getErr().println("controller: " + e.getMessage());
    e.getCommandLine().getErr().println("try --help");
    return WRONG_FLAGS;
  }

  /// The innermost cause says what is wrong; what lies around it is how we got there.
  private static int explainFailure(
      Exception e, CommandLine command, CommandLine.@Nullable ParseResult parsed) {
    Throwable cause = e;
    while (cause.getCause() != null && !isExplained(cause)) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    command.getErr().println("controller: " + (message == null ? cause.toString() : message));
    return CANNOT_RUN;
  }

  private static boolean isExplained(Throwable cause) {
    return (cause instanceof IllegalStateException || cause instanceof IllegalArgumentException)
        || cause.getClass().getPackageName().startsWith("net.bellwether");
  }
}
