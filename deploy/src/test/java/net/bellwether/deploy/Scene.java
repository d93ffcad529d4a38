package net.bellwether.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import net.bellwether.cli.demo.ControllerClient;
import net.bellwether.cli.demo.KeyDelivery;
import net.bellwether.cli.demo.LocalNetwork;
import net.bellwether.topology.Network;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.scenario.Scenarios;
import net.bellwether.v1.Achieved;
import net.bellwether.v1.NodeStatus;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionSpec;
import net.bellwether.v1.SessionState;
import org.awaitility.Awaitility;

/// A running network with its topology applied and all agents connected, and the moves that
/// end-to-end tests share.
final class Scene implements AutoCloseable {
  static final String TENANT = "acme";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(200);

  final Network network;
  final LocalNetwork local;
  final ControllerClient operator;
  final ControllerClient tenant;

  private Scene(Network network, LocalNetwork local) {
    this.network = network;
    this.local = local;
    this.operator = new ControllerClient(local.controllerEndpoint(), local.operator());
    this.tenant = new ControllerClient(local.controllerEndpoint(), local.consumer(TENANT, "alice"));
  }

  static Scene of(String scenario, Path state) {
    return of(scenario, Scenarios.document(scenario), state);
  }

  static Scene of(String name, String document, Path state) {
    return of(name, document, state, LocalNetwork.Controllers.ALONE);
  }

  /// The scenario under three controllers that share an etcd of three members.
  static Scene ofThreeControllers(String scenario, Path state) {
    Path findEtcd = checkout().resolve("deploy").resolve("launcher").resolve("find-etcd.sh");
    return of(
        scenario, Scenarios.document(scenario), state, new LocalNetwork.Controllers(3, findEtcd));
  }

  private static Scene of(
      String name, String document, Path state, LocalNetwork.Controllers controllers) {
    Network network =
        switch (TopologyReader.read(name, document)) {
          case TopologyReading.Valid(Network valid) -> valid;
          case TopologyReading.Invalid(var mistakes) -> throw new AssertionError(mistakes);
        };
    Scene scene =
        new Scene(
            network,
            LocalNetwork.start(libraries(), state, network, document, controllers, _ -> {}));
    scene.operator.applyTopology(name, document);
    scene.await(
        "all agents connected",
        () -> scene.operator.nodes().stream().allMatch(NodeStatus::getConnected));
    return scene;
  }

  static Path libraries() {
    return Path.of(System.getProperty("bellwether.lib"));
  }

  static Path checkout() {
    return Path.of(System.getProperty("bellwether.checkout")).toAbsolutePath().normalize();
  }

  static SessionSpec spec(String from, String to, double pairsPerSecond, double minFidelity) {
    return SessionSpec.newBuilder()
        .setFromSae("alice")
        .setFromNode(from)
        .setToSae("bob")
        .setToNode(to)
        .setPairsPerSecond(pairsPerSecond)
        .setMinFidelity(minFidelity)
        .build();
  }

  Session openActive(SessionSpec spec) {
    return awaitActive(tenant.open(spec).getSessionId());
  }

  Session awaitActive(String sessionId) {
    await(
        "session " + sessionId + " active",
        () -> tenant.session(sessionId).getState() == SessionState.SESSION_STATE_ACTIVE);
    return tenant.session(sessionId);
  }

  /// What `session` has achieved once more than `seconds` of pairs have been counted.
  Achieved achievedAfter(Session session, double seconds) {
    String id = session.getSessionId();
    await(seconds + " s of pairs", () -> tenant.session(id).getAchieved().getSeconds() > seconds);
    return tenant.session(id).getAchieved();
  }

  /// The consumer `sae` at `node`, which shares keys with `peerSae`.
  KeyDelivery consumer(String sae, String node, String peerSae) {
    return new KeyDelivery(
        local.consumer(TENANT, sae), local.keyEndpoint(NodeId.of(node)), peerSae);
  }

  void awaitStock(KeyDelivery delivery, long keys) {
    await("stock of " + keys + " keys at " + delivery.endpoint(), () -> stock(delivery) >= keys);
  }

  static long stock(KeyDelivery delivery) {
    try {
      return delivery.storedKeyCount();
    } catch (KeyDelivery.Refused | IllegalStateException _) {
      // Not there yet, or just being restarted.
      return -1;
    }
  }

  void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(PATIENCE).pollInterval(POLL).until(condition);
  }

  @Override
  public void close() {
    tenant.close();
    operator.close();
    local.close();
  }
}
