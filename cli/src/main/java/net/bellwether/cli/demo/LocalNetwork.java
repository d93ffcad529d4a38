package net.bellwether.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import org.jspecify.annotations.Nullable;

/// Emulator, controllers and node agents as processes on free loopback ports, with a private
/// certificate authority, all state under one directory. Every end node has a process of its own;
/// all other nodes share one, so that a long chain fits a small machine. Safe for use by many
/// threads, as long as each restarts programs of its own.
public final class LocalNetwork implements AutoCloseable {
  public static final String TRUST_DOMAIN = "bellwether.local";

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final String ANY_PORT = "127.0.0.1:0";

  /// Where programs are told that others listen, for somebody who wants to stand between them.
  @FunctionalInterface
  public interface Ways {
    /// Nobody does.
    Ways DIRECT = (_, _, endpoint) -> endpoint;

    /// All agents and clients together.
    String OUTSIDE = "outside";

    /// The address at which `from` reaches `to`, which listens at `endpoint`: a controller reaches
    /// members of etcd, and [#OUTSIDE] controllers. It is asked for often and stays the same.
    String way(String from, String to, String endpoint);
  }

  /// Where the controllers run, and the members of their etcd: those of one number together.
  public interface Sites {
    /// All of them here.
    Sites HERE =
        new Sites() {
          @Override
          public String host(int number) {
            return "127.0.0.1";
          }

          @Override
          public List<String> addresses() {
            return List.of();
          }

          @Override
          public List<String> on(int number, List<String> command) {
            return command;
          }
        };

    /// Where those of a number, from 1 on, listen.
    String host(int number);

    /// Beyond the loopback's: at which their certificates are to be believed.
    List<String> addresses();

    /// `command`, to be run where those of a number are.
    List<String> on(int number, List<String> command);
  }

  /// How many controllers there are; several share an etcd of as many members, whose program
  /// `findEtcd` finds.
  ///
  /// @param ways to etcd and to controllers. From controller to controller the way is direct: a
  ///   standby knows a dead leader by a connection that is refused, and who stands between them
  ///   would take it.
  public record Controllers(int count, Path findEtcd, Ways ways, Sites sites) {
    /// One, with a store of its own.
    public static final Controllers ALONE = new Controllers(1, Path.of(""));

    /// Here, and reached directly.
    public Controllers(int count, Path findEtcd) {
      this(count, findEtcd, Ways.DIRECT, Sites.HERE);
    }

    public Controllers {
      if (count < 1 || count > MAX || count % 2 == 0) {
        throw new IllegalArgumentException(
            "controllers (" + count + ") must be odd and at most " + MAX);
      }
    }

    private static final int MAX = 5;
  }

  private final Controllers controllers;
  private final @Nullable LocalEtcd etcd;
  private final Path libraries;
  private final Path state;
  private final Network network;
  private final CertificateAuthority authority;
  private final Consumer<String> progress;
  private final SequencedMap<String, Program> programs = new LinkedHashMap<>();
  private final Map<NodeId, String> agentOfNode = new LinkedHashMap<>();
  // A restarted agent listens where it did before: its peers and consumers know it there.
  private final Map<NodeId, String> peerEndpoints = new ConcurrentHashMap<>();
  private final Map<NodeId, String> keyEndpoints = new ConcurrentHashMap<>();
  private final Map<NodeId, String> applicationEndpoints = new ConcurrentHashMap<>();
  private boolean closed;
  private String emulatorEndpoint = ANY_PORT;

  /// Where each listens, and other controllers reach it.
  private final SequencedMap<String, String> controllerEndpoints = new ConcurrentSkipListMap<>();

  private LocalNetwork(
      Path libraries,
      Path state,
      Network network,
      Controllers controllers,
      Consumer<String> progress) {
    this.controllers = controllers;
    this.etcd =
        controllers.count() == 1
            ? null
            : new LocalEtcd(
                controllers.findEtcd(), state, controllers.count(), controllers.sites());
    this.libraries = libraries;
    this.state = state;
    this.network = network;
    this.progress = progress;
    this.authority = CertificateAuthority.openOrCreate(state.resolve("ca"), TRUST_DOMAIN);
  }

  /// Starts everything and returns once every program listens; agents may still be connecting.
  /// `libraries` is the folder of jars, `document` the topology.
  public static LocalNetwork start(
      Path libraries,
      Path state,
      Network network,
      String document,
      Controllers controllers,
      Consumer<String> progress) {
    LocalNetwork local = new LocalNetwork(libraries, state, network, controllers, progress);
    try {
      Files.createDirectories(state.resolve("logs"));
      Files.writeString(local.topologyFile(), document);
      local.launchEtcd();
      local.launchEmulator();
      local.controllerNames().forEach(local::launchController);
      local.awaitEmulator();
      local.controllerNames().forEach(local::awaitController);
      local.startAgents();
      return local;
    } catch (IOException e) {
      local.close();
      throw new UncheckedIOException("cannot write under " + state, e);
    } catch (RuntimeException e) {
      local.close();
      throw e;
    }
  }

  public Path topologyFile() {
    return state.resolve("topology.yaml");
  }

  /// HOST:PORT at which agents and clients reach each controller, with commas between.
  public String controllerEndpoint() {
    return String.join(",", controllerEndpoints());
  }

  /// Names of the controllers' programs.
  public List<String> controllerNames() {
    return controllers.count() == 1
        ? List.of("controller")
        : IntStream.rangeClosed(1, controllers.count())
            .mapToObj(number -> "controller-" + number)
            .toList();
  }

  /// HOST:PORT at which agents and clients reach each controller.
  public List<String> controllerEndpoints() {
    return controllerEndpoints.entrySet().stream()
        .map(entry -> controllers.ways().way(Ways.OUTSIDE, entry.getKey(), entry.getValue()))
        .toList();
  }

  /// Names of the members of the controllers' etcd; none where a controller is alone.
  public List<String> etcdNames() {
    return etcd == null ? List.of() : List.copyOf(etcd.commands().sequencedKeySet());
  }

  /// The controller that other controllers reach at `endpoint`, as it says of itself.
  public Program controllerAt(String endpoint) {
    return controllerEndpoints.entrySet().stream()
        .filter(entry -> entry.getValue().equals(endpoint))
        .map(entry -> program(entry.getKey()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no controller listens at " + endpoint));
  }

  public String emulatorEndpoint() {
    return emulatorEndpoint;
  }

  public List<Program> programs() {
    synchronized (programs) {
      return List.copyOf(programs.values());
    }
  }

  /// host:port where the agent of `node` serves consumers.
  public String keyEndpoint(NodeId node) {
    String endpoint = keyEndpoints.get(node);
    if (endpoint == null) {
      throw new IllegalArgumentException("node (" + node + ") serves no consumers");
    }
    return endpoint;
  }

  /// host:port where the agent of `node` hands kept pairs to applications.
  public String applicationEndpoint(NodeId node) {
    String endpoint = applicationEndpoints.get(node);
    if (endpoint == null) {
      throw new IllegalArgumentException("node (" + node + ") serves no applications");
    }
    return endpoint;
  }

  public Program controller() {
    return program("controller");
  }

  public Program agentOf(NodeId node) {
    return program(hostOf(node));
  }

  private String hostOf(NodeId node) {
    String name = agentOfNode.get(node);
    if (name == null) {
      throw new IllegalArgumentException("node (" + node + ") is not in " + network.name());
    }
    return name;
  }

  /// The program of that name.
  public Program program(String name) {
    synchronized (programs) {
      Program program = programs.get(name);
      if (program == null) {
        throw new IllegalStateException(name + " has not been started");
      }
      return program;
    }
  }

  /// The operator's identity.
  public TlsFiles operator() {
    return identity("operator", new Identity.Operator(TRUST_DOMAIN, "demo"));
  }

  /// A consumer's identity.
  public TlsFiles consumer(String tenant, String app) {
    return identity(tenant + "-" + app, new Identity.Sae(TRUST_DOMAIN, tenant, app));
  }

  private TlsFiles identity(String name, Identity identity) {
    return authority.issue(identity, state.resolve("identities").resolve(name));
  }

  /// Starts the controller again, on the port and state it had.
  public void restartController() {
    restartController("controller");
  }

  /// Starts one of the controllers again, on the port it had.
  public void restartController(String name) {
    launchController(name);
    awaitController(name);
  }

  /// Starts the agent process of `node` again, on the state it had.
  public void restartAgentOf(NodeId node) {
    String name = hostOf(node);
    List<Node> hosted = new ArrayList<>();
    agentOfNode.forEach((id, agent) -> {
      if (agent.equals(name)) {
        hosted.add(network.node(id));
      }
    });
    launchAgent(name, hosted);
    awaitAgent(name, hosted);
  }

  /// Starts a member of etcd again, on the ports and data it had.
  public void restartEtcd(String name) {
    List<String> command = etcd == null ? null : etcd.commands().get(name);
    if (command == null) {
      throw new IllegalArgumentException(
          "etcd member (" + name + ") must be one of " + etcdNames());
    }
    run(name, command);
  }

  private void launchEmulator() {
    launch(
        "emulator",
        "net.bellwether.emulator.EmulatorMain",
        List.of("-Xmx512m"),
        List.of(
            "--topology",
            topologyFile().toString(),
            "--listen",
            emulatorEndpoint,
            "--identity",
            identity("emulator", new Identity.Emulator(TRUST_DOMAIN, 1)).directory().toString()));
  }

  private void awaitEmulator() {
    emulatorEndpoint = program("emulator").awaitLine("emulator listening on ", START_PATIENCE);
    progress.accept("emulator listens on " + emulatorEndpoint);
  }

  private void launchEtcd() {
    if (etcd != null) {
      etcd.commands().forEach(this::run);
      progress.accept("etcd listens on " + String.join(",", etcd.endpoints()));
    }
  }

  private void launchController(String name) {
    int number = controllerNames().indexOf(name) + 1;
    List<String> arguments = new ArrayList<>();
    String anyPort = controllers.sites().host(number) + ":0";
    arguments.addAll(List.of("--listen", controllerEndpoints.getOrDefault(name, anyPort)));
    TlsFiles identity = identity(name, new Identity.Controller(TRUST_DOMAIN, number));
    arguments.addAll(List.of("--identity", identity.directory().toString()));
    if (etcd == null) {
      arguments.addAll(List.of("--state-dir", state.resolve(name).toString()));
    } else {
      arguments.addAll(List.of("--etcd", endpointsFor(name, etcd)));
      arguments.addAll(List.of("--etcd-identity", etcd.controller(number).directory().toString()));
    }
    List<String> command =
        java("net.bellwether.controller.ControllerMain", List.of("-Xmx160m"), arguments);
    run(name, controllers.sites().on(number, command));
  }

  /// HOST:PORT at which `controller` reaches each of `members`, with commas between.
  private String endpointsFor(String controller, LocalEtcd members) {
    return members.commands().keySet().stream()
        .map(member -> controllers.ways().way(controller, member, members.endpoint(member)))
        .collect(Collectors.joining(","));
  }

  private void awaitController(String name) {
    String endpoint = program(name).awaitLine("controller listening on ", START_PATIENCE);
    controllerEndpoints.put(name, endpoint);
    progress.accept(name + " listens on " + endpoint);
  }

  private void startAgents() {
    SequencedMap<String, List<Node>> hosts = new LinkedHashMap<>();
    for (Node node : network.nodes().values()) {
      String host = servesConsumers(node) ? "agent-" + node.id() : "agent-repeaters";
      hosts.computeIfAbsent(host, _ -> new ArrayList<>()).add(node);
    }
    hosts.forEach((host, nodes) -> {
      nodes.forEach(node -> agentOfNode.put(node.id(), host));
      launchAgent(host, nodes);
    });
    hosts.forEach(this::awaitAgent);
  }

  private void launchAgent(String host, List<Node> nodes) {
    List<String> arguments = new ArrayList<>();
    for (Node node : nodes) {
      arguments.add("--config");
      arguments.add(writeAgentConfig(node).toString());
    }
    launch(host, "net.bellwether.agent.NodeAgentMain", List.of("-Xmx96m"), arguments);
  }

  private void awaitAgent(String host, List<Node> nodes) {
    for (Node node : nodes) {
      String endpoint =
          program(host).awaitLine("agent " + node.id() + " listening on ", START_PATIENCE);
      peerEndpoints.put(node.id(), endpoint);
      progress.accept("agent of " + node.id() + " listens on " + endpoint);
      if (servesConsumers(node)) {
        keyEndpoints.put(
            node.id(),
            program(host).awaitLine("keys of " + node.id() + " at https://", START_PATIENCE));
        applicationEndpoints.put(
            node.id(),
            program(host).awaitLine("applications of " + node.id() + " at ", START_PATIENCE));
      }
    }
  }

  private Path writeAgentConfig(Node node) {
    String name = node.id().value();
    Path file = state.resolve("agents").resolve(name + ".yaml");
    TlsFiles tls = identity("node-" + name, new Identity.Node(TRUST_DOMAIN, node.id()));
    StringBuilder yaml =
        new StringBuilder(
            """
            node: %s
            stateDirectory: "%s"
            identity: "%s"
            controller: "%s"
            device: {driver: emulated, endpoint: "%s"}
            peerListen: "%s"
            """
                .formatted(
                    name,
                    state.resolve("agents").resolve(name),
                    tls.directory(),
                    controllerEndpoint(),
                    emulatorEndpoint,
                    peerEndpoints.getOrDefault(node.id(), ANY_PORT)));
    if (servesConsumers(node)) {
      yaml.append("keyListen: \"%s\"\n".formatted(keyEndpoints.getOrDefault(node.id(), ANY_PORT)));
      yaml.append(
          "applicationListen: \"%s\"\n"
              .formatted(applicationEndpoints.getOrDefault(node.id(), ANY_PORT)));
    }
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static boolean servesConsumers(Node node) {
    return node.role() == NodeRole.END_NODE;
  }

  private void launch(String name, String mainClass, List<String> heap, List<String> arguments) {
    run(name, java(mainClass, heap, arguments));
  }

  private List<String> java(String mainClass, List<String> heap, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+UseCompactObjectHeaders");
    // On few cores the second compiler of six fresh programs takes the time that their pairs need:
    // with it a third of the pairs of the first ten seconds came too late, without it none.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(heap);
    command.add("-cp");
    command.add(libraries + "/*");
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }

  private void run(String name, List<String> command) {
    synchronized (programs) {
      if (closed) {
        throw new IllegalStateException("everything is being stopped; " + name + " stays away");
      }
      Program before = programs.get(name);
      if (before != null && before.alive()) {
        before.kill();
      }
      programs.put(
          name, Program.start(name, command, state.resolve("logs").resolve(name + ".log")));
    }
  }

  /// Stops everything at once, and for good: none of them needs another to end well.
  @Override
  public void close() {
    synchronized (programs) {
      closed = true;
      programs.values().forEach(Program::askToStop);
      programs.values().forEach(Program::stop);
    }
  }
}
