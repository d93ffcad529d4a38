package net.bellwether.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.bellwether.emulator.Emulator;
import net.bellwether.emulator.herald.HeraldServer;
import net.bellwether.topology.Network;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against an emulator without agents.
final class EmulatorCommandsTest {
  private static final String DOMAIN = "qit.test";
  private static final long YEAR_2026_MILLIS = 1_790_000_000_000L;

  @TempDir private static Path directory = Path.of("");

  private static TlsFiles operator;
  private static TlsFiles tenant;
  private static Emulator emulator;

  @BeforeAll
  static void start() {
    CertificateAuthority authority =
        CertificateAuthority.openOrCreate(directory.resolve("ca"), DOMAIN);
    operator = authority.issue(new Identity.Operator(DOMAIN, "ann"), directory.resolve("operator"));
    tenant = authority.issue(new Identity.Sae(DOMAIN, "acme", "alice"), directory.resolve("sae"));
    Network network = TopologySource.find(null, "repeater-50km").orElseThrow().network();
    TlsFiles own = authority.issue(new Identity.Emulator(DOMAIN, 1), directory.resolve("emulator"));
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    emulator =
        Emulator.start(
            network, anyPort, HeraldServer.start(anyPort, false, own), own, 1, YEAR_2026_MILLIS);
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  private static Terminal run(String command) {
    return runAs(operator, command);
  }

  private static Terminal runAs(TlsFiles identity, String command) {
    List<String> words = new ArrayList<>(List.of("emulator"));
    words.addAll(List.of(command.split(" ", -1)));
    words.addAll(
        List.of(
            "--emulator",
            "127.0.0.1:" + emulator.port(),
            "--identity",
            identity.directory().toString()));
    return Terminal.run(words.toArray(String[]::new));
  }

  private static JsonObject json(Terminal run) {
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static JsonObject shown(String what) {
    return json(run("show -o json")).getAsJsonArray(what).get(0).getAsJsonObject();
  }

  /// Until the frame has begun from which a happening holds.
  private static void awaitFrame(long frame) {
    await().until(() -> json(run("show -o json")).get("frame").getAsLong() >= frame);
  }

  @Test
  void whatIsDoneToALinkHoldsUntilItsRepair() {
    run("degrade west-east --success-factor 0.5 --white-noise 0.1");
    run("dark-counts west-east --factor 30");
    run("drift west-east --white-noise-per-hour 0.5");
    run("eavesdrop west-east --fraction 0.25");
    Terminal cut = run("cut west-east");
    assertThat(cut.out()).matches("link west-east is cut, from frame [0-9]+ on\n");
    awaitFrame(json(run("cut west-east -o json")).get("fromFrame").getAsLong());
    JsonObject link = shown("links");
    assertThat(link.get("cut").getAsBoolean()).isTrue();
    assertThat(link.get("successFactor").getAsDouble()).isEqualTo(0.5);
    assertThat(link.get("whiteNoise").getAsDouble()).isBetween(0.1, 0.11);
    assertThat(link.get("darkCountFactor").getAsDouble()).isEqualTo(30);
    assertThat(link.get("interceptedFraction").getAsDouble()).isEqualTo(0.25);
    awaitFrame(json(run("repair west-east -o json")).get("fromFrame").getAsLong());
    assertThat(run("show").out())
        .contains("LINK       STATE  SUCCESS X  WHITE NOISE  NOISE/H  DARK COUNTS X  RESENT")
        .contains("west-east  open   -          -            -        -              -");
  }

  @Test
  void whatIsDoneToANodeHoldsUntilItsRepair() {
    run("coherence west --factor 0.5");
    awaitFrame(json(run("break-memory west --count 6 -o json")).get("fromFrame").getAsLong());
    awaitFrame(json(run("clock west --offset -1.5s -o json")).get("fromFrame").getAsLong());
    JsonObject node = shown("nodes");
    assertThat(node.get("clockOffsetMillis").getAsDouble()).isEqualTo(-1_500);
    assertThat(run("show").out()).contains("-1500.0 ms");
    assertThat(node.get("coherenceFactor").getAsDouble()).isEqualTo(0.5);
    assertThat(node.get("brokenMemoryCount").getAsInt()).isEqualTo(6);
    assertThat(node.get("attached").getAsBoolean()).isFalse();
    awaitFrame(json(run("repair --node west -o json")).get("fromFrame").getAsLong());
    assertThat(shown("nodes").get("brokenMemoryCount").getAsInt()).isZero();
  }

  @Test
  void mistakesSayWhatIsWrongAndWhatWasMeant() {
    Terminal unknown = run("cut west-eats");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err())
        .isEqualTo(
            "error: link (west-eats) must be one of network repeater-50km; did you mean west-east?\n");
    assertThat(run("coherence wets --factor 0.5").err()).contains("did you mean west?");
    assertThat(run("degrade west-east --white-noise 7").err())
        .isEqualTo("error: whiteNoise (7.0) must be in [0, 1]\n");
    assertThat(run("clock west --offset 300").err())
        .isEqualTo("error: --offset (300) must be a time, for example 300ms or -2s\n");
    assertThat(run("clock west --offset 7200s").err())
        .isEqualTo(
            "error: offsetMillis (7200000.0) must be in [-3600000, 3600000], an hour either way\n");
    assertThat(run("break-memory west --count 1000").err())
        .contains("count (1000) must be at most the 256 memory qubits");
    assertThat(run("repair --output json").err()).contains("either LINK or --node NODE");
    assertThat(run("cut").code()).isEqualTo(2);
  }

  @Test
  void onlyOperatorsScriptNature() {
    Terminal run = runAs(tenant, "cut west-east");
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).contains("only operators may script nature");
  }

  @Test
  void anEmulatorThatIsNotThereIsNamed() {
    Terminal nowhere = Terminal.run("emulator", "show", "--identity", "x");
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err()).contains("--emulator HOST:PORT (or BELLWETHER_EMULATOR)");
    Terminal wrong =
        Terminal.run(
            "emulator",
            "show",
            "--emulator",
            "127.0.0.1:1",
            "--identity",
            operator.directory().toString());
    assertThat(wrong.code()).isEqualTo(3);
    assertThat(wrong.err()).contains("cannot reach the emulator at 127.0.0.1:1");
  }
}
