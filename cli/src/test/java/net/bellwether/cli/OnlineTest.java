package net.bellwether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.GrpcServers;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineTest {
  private static final String DOMAIN = "qit.test";
  private static final String OPEN = "session open --from alice@west --to bob@east ";

  @TempDir private Path directory;
  private TlsFiles operator;
  private TlsFiles tenant;
  private Server server;

  @BeforeEach
  void start() {
    CertificateAuthority authority =
        CertificateAuthority.openOrCreate(directory.resolve("ca"), DOMAIN);
    operator = authority.issue(new Identity.Operator(DOMAIN, "ann"), directory.resolve("operator"));
    tenant = authority.issue(new Identity.Sae(DOMAIN, "acme", "alice"), directory.resolve("sae"));
    server =
        GrpcServers.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            authority.issue(new Identity.Controller(DOMAIN, 1), directory.resolve("controller")),
            new SmallController().services());
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void nodesAreATable() {
    Terminal run = run("node ls");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            NODE  ROLE      AGENT      VERSION  FLOWS  QUBITS                                       CLOCK                              KEY ENDPOINT    DIFFERENCES
            west  end-node  connected  0.1.0        3  5 free, 56 generating, 2 holding, 1 waiting  +0.4 ms ± 2.0 ms                   127.0.0.1:8443  -
            east  end-node  away       -            0  -                                            -300.1 ms ± 1.2 ms, not scheduled  -               -
            """);
  }

  @Test
  void jsonPrintsDefaultsAndNulls() {
    JsonObject link =
        JsonParser.parseString(run("link ls -o json").out())
            .getAsJsonObject()
            .getAsJsonArray("links")
            .get(0)
            .getAsJsonObject();
    assertThat(link.get("degraded").getAsBoolean()).isFalse();
    assertThat(link.get("testPairCount").getAsLong()).isZero();
    assertThat(link.get("estimatedState").isJsonNull()).isTrue();
  }

  @Test
  void topologyIsAppliedAndReadBack() {
    Terminal applied = run("topology apply --scenario repeater-50km");
    assertThat(applied.code()).isZero();
    assertThat(applied.out())
        .isEqualTo("repeater-50km is in force, revision 7\nsessions keep their plan: s-1\n");
    assertThat(run("topology get").out()).contains("name: repeater-50km");
  }

  @Test
  void topologyThatIsNotThereIsRefused() {
    Terminal run = run("topology get");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("error: there is no topology in force\n");
  }

  @Test
  void mistakesOfATopologyNameTheirLine() throws IOException {
    Path file = directory.resolve("net.yaml");
    Files.writeString(file, "role: king");
    Terminal run = run("topology apply " + file);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "error: "
                + file
                + ":7:nodes[0].role: (king) must be end-node, repeater or trusted-node\n");
  }

  @Test
  void tenantMayNotApplyATopology() {
    Terminal run = runAs(tenant, "topology apply --scenario repeater-50km");
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).isEqualTo("error: permission denied: only operators apply a topology\n");
  }

  @Test
  void planOnlineSaysWhatPlanOfflineSays() {
    String command = "plan --from west --to east --min-fidelity 0.9 -o json";
    JsonObject online = JsonParser.parseString(run(command).out()).getAsJsonObject();
    JsonObject offline =
        JsonParser.parseString(
                Terminal.run((command + " --scenario repeater-50km").split(" ")).out())
            .getAsJsonObject();
    online.remove("planningMicros");
    offline.remove("planningMicros");
    assertThat(online).isEqualTo(offline);
  }

  @Test
  void unknownSiteOnlineSaysWhatItSaysOffline() {
    Terminal run = run("plan --from wst --to east");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "error: from (wst) is not a node of repeater-50km; did you mean west? nodes: west, east\n");
  }

  @Test
  void badOptionOnlineSaysWhatItSaysOffline() {
    Terminal run = run("plan --from west --to east --max-hops 0");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("error: --max-hops (0) must be at least 1\n");
  }

  @Test
  void requestsAreAnsweredByTheControllerInTheirOrder() throws IOException {
    Path file = directory.resolve("requests.jsonl");
    Files.write(
        file,
        List.of(
            "{\"from\": \"west\", \"to\": \"east\"}",
            "{\"from\": \"west\", \"to\": \"east\", \"blockPairs\": 0}",
            "{\"from\": \"west\", \"to\": \"east\", \"minFidelity\": 1}"));
    Terminal run = run("plan --requests " + file);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()))
        .extracting(answer -> answer.get("status").getAsString())
        .containsExactly("planned", "invalid", "rejected");
    assertThat(run.out()).contains("\"line 2: blockPairs (0) must be at least 1\"");
  }

  @Test
  void sessionIsOpenedAndAwaitedWithProgressOnStandardError() {
    Terminal run = run(OPEN + "--pairs-per-second 500 --wait -o json");
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEqualTo("s-1 pending\ns-1 active\n");
    JsonObject session = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(session.get("state").getAsString()).isEqualTo("SESSION_STATE_ACTIVE");
    assertThat(session.get("achieved").isJsonNull()).isTrue();
    assertThat(run("session ls").out()).contains("s-1").contains("alice@west").contains("500");
    assertThat(run("session show s-1").out()).contains("ends            alice@west – bob@east");
    assertThat(run("key status").out()).contains("s-1").contains("QBER Z");
    assertThat(run("session watch s-1").out()).isEqualTo("s-1 pending\ns-1 active\n");
    assertThat(run("session watch s-1 -o json").out().lines()).hasSize(2);
    assertThat(run("session close s-1").out()).isEqualTo("s-1 closing\n");
  }

  @Test
  void refusalPrintsTheCommandThatWouldBeAccepted() {
    Terminal run = run(OPEN + "--pairs-per-second 5000 --min-fidelity 0.9");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            """
            error: refused: west-east has 1000 pairs/s free
            this would be accepted now:
              bellctl session open --from alice@west --to bob@east --pairs-per-second 999.999 --min-fidelity 0.9
            """);
  }

  @Test
  void unknownOutcomeSaysHowToFindOut() {
    Terminal run = run(OPEN + "--request-id broken");
    assertThat(run.code()).isEqualTo(5);
    assertThat(run.err()).contains("with --request-id broken").doesNotContain("disk");
  }

  @Test
  void endWithoutNodeIsRefused() {
    Terminal run = run("session open --from alice --to bob@east");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("error: --from (alice) must be SAE@NODE, for example alice@chicago\n");
  }

  @Test
  void sessionThatIsNotThereIsRefused() {
    Terminal run = run("session show s-9");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("error: there is no session s-9\n");
  }

  @Test
  void versionOfTheControllerIsAsked() {
    assertThat(run("version").out()).contains("bellctl 0.").contains("controller 0.");
  }

  @Test
  void nothingListensThere() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Terminal run =
        Terminal.run(
            "node", "ls", "--controller", "127.0.0.1:" + port, "--identity", identity(operator));
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("error: cannot reach the controller at 127.0.0.1:" + port)
        .contains("Connection refused");
  }

  @Test
  void strangersCertificateCannotReachTheController() {
    TlsFiles stranger =
        CertificateAuthority.openOrCreate(directory.resolve("ca-2"), DOMAIN)
            .issue(new Identity.Operator(DOMAIN, "ann"), directory.resolve("stranger"));
    assertThat(runAs(stranger, "node ls").code()).isEqualTo(3);
  }

  @Test
  void missingIdentityFilesAreNamed() {
    Terminal run =
        Terminal.run("node", "ls", "--controller", "127.0.0.1:1", "--identity", "/nowhere");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: file /nowhere/cert.pem must be readable");
  }

  private Terminal run(String command) {
    return runAs(operator, command);
  }

  private Terminal runAs(TlsFiles identity, String command) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(
        List.of("--controller", "127.0.0.1:" + server.getPort(), "--identity", identity(identity)));
    return Terminal.run(arguments.toArray(String[]::new));
  }

  private static String identity(TlsFiles files) {
    return files.directory().toString();
  }
}
