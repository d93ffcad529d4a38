package net.bellwether.controller.store.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// A real etcd of a few members for tests: processes on free loopback ports, in a directory of its
/// own, with mutual TLS from an authority of its own. Closing it leaves nothing behind.
public final class EtcdCluster implements AutoCloseable {
  private static final String DOMAIN = "etcd.test";
  private static final int START_SECONDS_MAX = 30;

  private final Path directory;
  private final CertificateAuthority authority;
  private final TlsFiles serverTls;
  private final List<Member> members = new ArrayList<>();
  private final Thread lastResort = new Thread(this::killAll);

  private static final class Member {
    final String name;
    final int clientPort;
    final int peerPort;
    final List<String> options;
    @Nullable Process process;

    Member(String name, int clientPort, int peerPort, List<String> options) {
      this.name = name;
      this.clientPort = clientPort;
      this.peerPort = peerPort;
      this.options = options;
    }

    String clientUrl() {
      return "https://127.0.0.1:" + clientPort;
    }

    String peerUrl() {
      return "https://127.0.0.1:" + peerPort;
    }
  }

  private EtcdCluster(int count, List<String> options) throws IOException {
    directory = Files.createTempDirectory("bellwether-etcd");
    authority = CertificateAuthority.openOrCreate(directory.resolve("ca"), DOMAIN);
    serverTls = identity(0);
    for (int i = 0; i < count; i++) {
      members.add(new Member("m" + i, freePort(), freePort(), options));
    }
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  /// Starts `count` members and waits until each of them answers.
  public static EtcdCluster start(int count, String... options) {
    try {
      EtcdCluster cluster = new EtcdCluster(count, List.of(options));
      try {
        for (int i = 0; i < count; i++) {
          cluster.launch(i);
        }
        for (int i = 0; i < count; i++) {
          cluster.awaitReady(i);
        }
        return cluster;
      } catch (IOException | RuntimeException e) {
        cluster.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<String> endpoints() {
    return members.stream().map(member -> "127.0.0.1:" + member.clientPort).toList();
  }

  /// A controller that etcd lets in.
  public TlsFiles identity(int number) {
    return authority.issue(
        new Identity.Controller(DOMAIN, number), directory.resolve("controller-" + number));
  }

  public EtcdConfig config() {
    return EtcdConfig.of(endpoints(), identity(1));
  }

  /// Index of etcd's own leader.
  public int leader() {
    for (int i = 0; i < members.size(); i++) {
      ManagedChannel channel = open(endpoints().get(i));
      try {
        StatusResponse status =
            MaintenanceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(Duration.ofSeconds(5))
                .status(StatusRequest.getDefaultInstance());
        if (status.getLeader() == status.getHeader().getMemberId()) {
          return i;
        }
      } catch (StatusRuntimeException _) {
        // Not running.
      } finally {
        channel.shutdownNow();
      }
    }
    throw new IllegalStateException("no member says that it leads");
  }

  private ManagedChannel open(String endpoint) {
    return GrpcChannels.openByHostName(endpoint, identity(1), Duration.ofSeconds(2), 1 << 20);
  }

  /// As a power cut of the process: nothing is written any more.
  public void kill(int index) {
    end(process(index).destroyForcibly());
  }

  /// Orderly.
  public void stop(int index) {
    Process process = process(index);
    process.destroy();
    end(process);
  }

  public void restart(int index) {
    try {
      launch(index);
      awaitReady(index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Holds the process as it is; connections stay open and say nothing.
  public void pause(int index) {
    signal("STOP", index);
  }

  public void resume(int index) {
    signal("CONT", index);
  }

  private void signal(String name, int index) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(process(index).pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill -" + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process process(int index) {
    Process process = members.get(index).process;
    if (process == null) {
      throw new IllegalStateException("member " + index + " is not running");
    }
    return process;
  }

  private static void end(Process process) {
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void launch(int index) throws IOException {
    Member member = members.get(index);
    String cluster =
        members.stream()
            .map(each -> each.name + "=" + each.peerUrl())
            .collect(Collectors.joining(","));
    List<String> command = new ArrayList<>();
    command.add(binary());
    command.addAll(List.of("--name", member.name));
    command.addAll(List.of("--data-dir", directory.resolve(member.name).toString()));
    command.addAll(List.of("--listen-client-urls", member.clientUrl()));
    command.addAll(List.of("--advertise-client-urls", member.clientUrl()));
    command.addAll(List.of("--listen-peer-urls", member.peerUrl()));
    command.addAll(List.of("--initial-advertise-peer-urls", member.peerUrl()));
    command.addAll(List.of("--initial-cluster", cluster));
    command.addAll(List.of("--client-cert-auth", "--peer-client-cert-auth"));
    for (String prefix : List.of("--", "--peer-")) {
      command.addAll(List.of(prefix + "trusted-ca-file", serverTls.trust().toString()));
      command.addAll(List.of(prefix + "cert-file", serverTls.certificate().toString()));
      command.addAll(List.of(prefix + "key-file", serverTls.privateKey().toString()));
    }
    command.addAll(List.of("--heartbeat-interval", "50", "--election-timeout", "500"));
    // A process that is killed loses nothing that the kernel has.
    command.add("--unsafe-no-fsync");
    command.addAll(member.options);
    member.process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(member).toFile()))
            .start();
  }

  private Path log(Member member) {
    return directory.resolve(member.name + ".log");
  }

  private void awaitReady(int index) throws IOException {
    Member member = members.get(index);
    EtcdConfig config =
        new EtcdConfig(
            List.of(endpoints().get(index)),
            identity(1),
            EtcdConfig.PREFIX,
            Duration.ofSeconds(2),
            Duration.ofSeconds(START_SECONDS_MAX));
    try (EtcdClient client = new EtcdClient(config)) {
      client.read(kv -> kv.range(EtcdRequests.get("/")));
    } catch (RuntimeException e) {
      List<String> log = Files.readAllLines(log(member), UTF_8);
      throw new IllegalStateException(
          "etcd did not start; its log ends with\n"
              + String.join("\n", log.subList(Math.max(0, log.size() - 10), log.size())),
          e);
    }
  }

  /// The etcd that deploy/launcher/find-etcd.sh finds or fetches. Where there is none, CI fails and
  /// anybody else's run goes on without these tests.
  private static String binary() throws IOException {
    Path script = Path.of("deploy", "launcher", "find-etcd.sh");
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.exists(root.resolve(script))) {
      root = root.getParent();
    }
    if (root == null) {
      throw new IllegalStateException("tests must run in a checkout, which has " + script);
    }
    Process process =
        new ProcessBuilder(root.resolve(script).toString()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    try {
      if (process.waitFor() == 0) {
        return output;
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(output);
    }
    throw new TestAbortedException(output);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void killAll() {
    for (Member member : members) {
      Process process = member.process;
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }

  @Override
  public void close() {
    killAll();
    for (Member member : members) {
      Process process = member.process;
      if (process != null) {
        end(process);
      }
    }
    Runtime.getRuntime().removeShutdownHook(lastResort);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
