package net.bellwether.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import net.bellwether.cli.demo.ControllerClient;
import net.bellwether.cli.demo.Curl;
import net.bellwether.cli.demo.KeyDelivery;
import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;
import net.bellwether.wire.TlsFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bad input and wrong certificates against the running programs: a clear refusal, and nothing
/// changed.
final class BadInputIT {
  private static final String WEST = "west";
  private static final String EAST = "east";

  @TempDir private static Path state;
  private static Scene scene;

  @BeforeAll
  static void start() {
    scene = Scene.of("repeater-50km", state);
    scene.openActive(Scene.spec(WEST, EAST, 3000, 0));
    scene.awaitStock(scene.consumer("alice", WEST, "bob"), 2);
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  private static StatusRuntimeException refusal(
      String from, String to, double pairsPerSecond, double minFidelity) {
    int before = scene.operator.nodes().size();
    StatusRuntimeException refusal =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> scene.tenant.open(Scene.spec(from, to, pairsPerSecond, minFidelity)));
    assertThat(scene.operator.nodes()).hasSize(before);
    return refusal;
  }

  @Test
  void anUnknownSiteIsNamed() {
    StatusRuntimeException refusal = refusal("wst", EAST, 0, 0);
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(RpcErrors.describe(refusal)).contains("from_node", "wst", "repeater-50km");
  }

  @Test
  void anImpossibleFidelityIsRefusedWithWhatIsReachable() {
    assertThat(refusal(WEST, EAST, 0, 1.5).getStatus().getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal(WEST, EAST, 0, 0.9999).getStatus().getCode())
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  @Test
  void aBrokenTopologyIsRefusedWithItsLinesAndChangesNothing() {
    assertThatThrownBy(
            () -> scene.operator.applyTopology("bad.yaml", "bellwether: v1\nname: 7 8\n"))
        .isInstanceOf(StatusRuntimeException.class)
        .satisfies(e -> assertThat(RpcErrors.describe(e)).contains("bad.yaml").contains("nodes"));
    assertThat(scene.operator.nodes()).hasSize(2);
  }

  @Test
  void aStrangersCertificateGetsNoAnswer() {
    CertificateAuthority stranger =
        CertificateAuthority.openOrCreate(state.resolve("stranger"), "bellwether.local");
    TlsFiles forged =
        stranger.issue(
            new Identity.Operator("bellwether.local", "demo"), state.resolve("stranger/operator"));
    try (ControllerClient client = new ControllerClient(scene.local.controllerEndpoint(), forged)) {
      assertThatThrownBy(() -> client.nodes()).isInstanceOf(StatusRuntimeException.class);
    }
    KeyDelivery delivery = new KeyDelivery(forged, scene.local.keyEndpoint(NodeId.of(WEST)), "bob");
    assertThatThrownBy(() -> delivery.encryptionKeys(1, 256))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherTenantGetsNoKeyAndSeesNoSession() {
    KeyDelivery foreign =
        new KeyDelivery(
            scene.local.consumer("rival", "alice"),
            scene.local.keyEndpoint(NodeId.of(WEST)),
            "bob");
    assertThatThrownBy(() -> foreign.encryptionKeys(1, 256))
        .isInstanceOfSatisfying(
            KeyDelivery.Refused.class, refused -> assertThat(refused.status()).isIn(400, 401));
    try (ControllerClient rival =
        new ControllerClient(
            scene.local.controllerEndpoint(), scene.local.consumer("rival", "alice"))) {
      assertThatThrownBy(() -> rival.session("s-1"))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
      assertThatThrownBy(() -> rival.nodes())
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
    }
  }

  @Test
  void malformedAndOversizedKeyRequestsAreRefusedWithTheStandardsWords() {
    KeyDelivery alice = scene.consumer("alice", WEST, "bob");
    TlsFiles tls = alice.consumer();
    long stock = Scene.stock(alice);
    Curl.Reply odd = Curl.fetch(tls, alice.url("enc_keys?size=257"), "");
    assertThat(odd.status()).isEqualTo(400);
    assertThat(odd.body()).contains("size shall be a multiple of 8");
    assertThat(Curl.fetch(tls, alice.url("enc_keys"), "{\"number\":1,").status()).isEqualTo(400);
    assertThat(Curl.fetch(tls, alice.url("enc_keys?number=100000"), "").status()).isEqualTo(400);
    String oversized = "{\"number\":1,\"x\":\"" + "y".repeat(100_000) + "\"}";
    assertThat(Curl.fetch(tls, alice.url("enc_keys"), oversized).status()).isIn(400, 413);
    assertThat(Scene.stock(alice)).isGreaterThanOrEqualTo(stock);
  }

  @Test
  void aPortAlreadyTakenIsSaidInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String endpoint = "127.0.0.1:" + taken.getLocalPort();
      Shell controller =
          Shell.program(
              "net.bellwether.controller.ControllerMain",
              "--listen",
              endpoint,
              "--identity",
              scene.local.operator().directory().toString(),
              "--state-dir",
              state.resolve("second-controller").toString());
      assertThat(controller.status()).isNotZero();
      assertThat(controller.output()).contains(endpoint).contains("in use");
      assertThat(controller.output()).doesNotContain("\tat ");
    }
  }

  @Test
  void anOfflinePlanPrintsATreeAndBadSitesAnError() throws Exception {
    Shell plan =
        Shell.program(
            "net.bellwether.cli.Bellctl",
            "plan",
            "--scenario",
            "qit-chicago",
            "--from",
            "chicago",
            "--to",
            "oak-ridge",
            "--min-fidelity",
            "0.9");
    assertThat(plan.status()).as(plan.output()).isZero();
    assertThat(plan.output()).contains("swap").contains("generate");
    Shell unknown =
        Shell.program(
            "net.bellwether.cli.Bellctl",
            "plan",
            "--scenario",
            "qit-chicago",
            "--from",
            "chicgo",
            "--to",
            "oak-ridge");
    assertThat(unknown.status()).isNotZero();
    assertThat(unknown.output()).contains("chicgo").contains("chicago");
  }
}
