package net.bellwether.controller;

import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.ApplyTopologyRequest;
import net.bellwether.v1.ApplyTopologyResponse;
import net.bellwether.v1.GetSessionRequest;
import net.bellwether.v1.OpenSessionRequest;
import net.bellwether.v1.PlanServiceGrpc;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionServiceGrpc;
import net.bellwether.v1.SessionSpec;
import net.bellwether.v1.SessionState;
import net.bellwether.v1.TopologyServiceGrpc;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import org.jspecify.annotations.Nullable;

/// A controller over real TLS with its callers, in one directory.
final class ServiceFixture implements AutoCloseable {
  static final String DOMAIN = "test.example";

  private final Path directory;
  private final StoreChoice store;
  private final CertificateAuthority authority;
  private final Map<Identity, ManagedChannel> channels = new LinkedHashMap<>();
  private final Map<String, ScriptedAgent> agents = new LinkedHashMap<>();
  private @Nullable RunningController controller;

  /// Moves the network's clock; agents report what it shows.
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

  private final ScheduledFuture<?> ticking;

  ServiceFixture(Path directory) {
    this(directory, new StoreChoice.Embedded(directory.resolve("state")));
  }

  ServiceFixture(Path directory, StoreChoice store) {
    this.directory = directory;
    this.store = store;
    this.authority = CertificateAuthority.openOrCreate(directory.resolve("ca"), DOMAIN);
    start();
    ticking = clock.scheduleAtFixedRate(ScriptedAgent::tick, 50, 50, TimeUnit.MILLISECONDS);
  }

  ControllerConfig config(Optional<InetSocketAddress> http) {
    return new ControllerConfig(
        new InetSocketAddress("localhost", 0),
        identity(new Identity.Controller(DOMAIN, 1)),
        store,
        http);
  }

  TlsFiles identity(Identity identity) {
    return authority.issue(
        identity, directory.resolve("id-" + identity.uri().getPath().replace('/', '_')));
  }

  void start() {
    controller =
        RunningController.start(config(Optional.of(new InetSocketAddress("localhost", 0))));
  }

  void stop() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    channels.clear();
    RunningController running = controller;
    controller = null;
    if (running != null) {
      running.close();
    }
  }

  RunningController controller() {
    RunningController running = controller;
    if (running == null) {
      throw new IllegalStateException("the controller is stopped");
    }
    return running;
  }

  ManagedChannel channel(Identity caller) {
    return channels.computeIfAbsent(
        caller,
        identity ->
            GrpcChannels.open(
                "localhost:" + controller().port(),
                identity(identity),
                peer -> peer instanceof Identity.Controller));
  }

  TopologyServiceGrpc.TopologyServiceBlockingStub topology() {
    return TopologyServiceGrpc.newBlockingStub(operator());
  }

  ManagedChannel operator() {
    return channel(new Identity.Operator(DOMAIN, "olga"));
  }

  PlanServiceGrpc.PlanServiceBlockingStub plans() {
    return PlanServiceGrpc.newBlockingStub(operator());
  }

  SessionServiceGrpc.SessionServiceBlockingStub sessions(String tenant) {
    return SessionServiceGrpc.newBlockingStub(channel(new Identity.Sae(DOMAIN, tenant, "app-a")));
  }

  ApplyTopologyResponse apply(String document) {
    return topology()
        .applyTopology(ApplyTopologyRequest.newBuilder().setDocument(document).build());
  }

  ScriptedAgent agent(String node) {
    return agents.computeIfAbsent(node, ScriptedAgent::new);
  }

  ScriptedAgent connect(String node) {
    return agent(node).connect(channel(new Identity.Node(DOMAIN, NodeId.of(node))));
  }

  static OpenSessionRequest request(String id, String from, String to, double rate, double floor) {
    return OpenSessionRequest.newBuilder()
        .setRequestId(id)
        .setSpec(
            SessionSpec.newBuilder()
                .setFromSae("app-a")
                .setFromNode(from)
                .setToSae("app-b")
                .setToNode(to)
                .setPairsPerSecond(rate)
                .setMinFidelity(floor))
        .build();
  }

  Session open(String tenant, String id, String from, String to, double rate, double floor) {
    return sessions(tenant).openSession(request(id, from, to, rate, floor)).getSession();
  }

  Session get(String tenant, String session) {
    return sessions(tenant)
        .getSession(GetSessionRequest.newBuilder().setSessionId(session).build())
        .getSession();
  }

  Session awaitState(String tenant, String session, SessionState state) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> get(tenant, session), found -> found.getState() == state);
  }

  @Override
  public void close() {
    ticking.cancel(true);
    clock.shutdownNow();
    agents.values().forEach(ScriptedAgent::close);
    stop();
  }
}
