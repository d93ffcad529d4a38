package net.bellwether.benchmarks.agents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.bellwether.cli.demo.ControllerClient;
import net.bellwether.cli.demo.Program;
import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;

/// What agents need around them: one emulator process, one controller process, on this process's
/// class path, and identities.
final class Surroundings implements AutoCloseable {
  private static final String TRUST_DOMAIN = "benchmark.local";
  private static final String ANY_PORT = "127.0.0.1:0";
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  final Program emulator;
  final Program controller;
  final String emulatorEndpoint;
  final String controllerEndpoint;
  final ControllerClient operator;
  private final CertificateAuthority authority;
  private final Path state;

  Surroundings(Path state, String document) throws IOException {
    this.state = state;
    authority = CertificateAuthority.openOrCreate(state.resolve("ca"), TRUST_DOMAIN);
    Path topology = Files.writeString(state.resolve("topology.yaml"), document);
    emulator =
        launch(
            "emulator",
            List.of("-Xmx1g"),
            "net.bellwether.emulator.EmulatorMain",
            List.of(
                "--topology",
                topology.toString(),
                "--listen",
                ANY_PORT,
                "--identity",
                identity("emulator", new Identity.Emulator(TRUST_DOMAIN, 1))
                    .directory()
                    .toString()));
    controller =
        launch(
            "controller",
            List.of("-Xmx512m"),
            "net.bellwether.controller.ControllerMain",
            List.of(
                "--listen",
                ANY_PORT,
                "--identity",
                identity("controller", new Identity.Controller(TRUST_DOMAIN, 1))
                    .directory()
                    .toString(),
                "--state-dir",
                state.resolve("controller").toString()));
    emulatorEndpoint = emulator.awaitLine("emulator listening on ", START_PATIENCE);
    controllerEndpoint = controller.awaitLine("controller listening on ", START_PATIENCE);
    operator =
        new ControllerClient(
            controllerEndpoint, identity("operator", new Identity.Operator(TRUST_DOMAIN, "bench")));
  }

  private Program launch(
      String name, List<String> options, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+UseCompactObjectHeaders");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dbellwether.log=WARN");
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(arguments);
    return Program.start(name, command, state.resolve(name + ".log"));
  }

  TlsFiles identity(NodeId node) {
    return identity(node.value(), new Identity.Node(TRUST_DOMAIN, node));
  }

  private TlsFiles identity(String name, Identity identity) {
    return authority.issue(identity, state.resolve("identities").resolve(name));
  }

  Path stateOf(NodeId node) {
    return state.resolve("agents").resolve(node.value());
  }

  @Override
  public void close() {
    operator.close();
    controller.stop();
    emulator.stop();
  }
}
