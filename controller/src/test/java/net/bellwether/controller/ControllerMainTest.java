package net.bellwether.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerMainTest {
  @TempDir private Path directory;
  private CertificateAuthority authority;
  private TlsFiles tls;

  @BeforeEach
  void makeIdentity() {
    authority = CertificateAuthority.openOrCreate(directory.resolve("ca"), "test.example");
    tls = issue(new Identity.Controller("test.example", 1));
  }

  private TlsFiles issue(Identity identity) {
    return authority.issue(
        identity, directory.resolve(identity.uri().getPath().substring(1).replace('/', '-')));
  }

  private record Ended(int code, String out, String err) {}

  private Process start(String... flags) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "net.bellwether.controller.ControllerMain"));
    command.addAll(List.of(flags));
    return new ProcessBuilder(command).redirectError(directory.resolve("err").toFile()).start();
  }

  private Ended run(String... flags) throws Exception {
    Process process = start(flags);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(),
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
        Files.readString(directory.resolve("err")));
  }

  private String[] flags(String listen) {
    return new String[] {
      "--listen", listen,
      "--identity", tls.directory().toString(),
      "--state-dir", directory.resolve("state").toString()
    };
  }

  @Test
  void wrongFlagsAreExplainedInOneLine() throws Exception {
    Ended ended = run(flags("localhost"));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("--listen (localhost) must be HOST:PORT");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void takenPortIsExplainedInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("localhost", 0));
      Ended ended = run(flags("localhost:" + taken.getLocalPort()));
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err().lines().filter(line -> line.startsWith("controller: ")))
          .singleElement()
          .asString()
          .contains("already in use")
          .contains(String.valueOf(taken.getLocalPort()));
      assertThat(ended.err()).doesNotContain("\tat ");
    }
  }

  @Test
  void damagedStoreIsExplainedAndNotTouched() throws Exception {
    Process process = start(flags("localhost:0"));
    assertThat(firstLine(process)).startsWith("controller listening on localhost:");
    process.destroyForcibly().waitFor();
    Path state = directory.resolve("state");
    try (Stream<Path> files = Files.list(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 3; i < bytes.length; i += 7) {
          bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);
      }
    }
    Ended ended = run(flags("localhost:0"));
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("controller: ").contains("damaged").doesNotContain("\tat ");
  }

  @Test
  void terminatedControllerEndsCleanlyAndLeavesItsStoreToTheNext() throws Exception {
    for (int i = 0; i < 2; i++) {
      Process process = start(flags("localhost:0"));
      assertThat(firstLine(process)).matches("controller listening on localhost:[0-9]+");
      process.destroy();
      assertThat(process.waitFor(9, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isIn(0, 143);
    }
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    return line == null ? "" : line;
  }

  @Test
  void healthIsAnsweredOverMutualTlsOnly() throws Exception {
    ControllerConfig config =
        new ControllerConfig(
            new InetSocketAddress("localhost", 0),
            tls,
            new StoreChoice.Embedded(directory.resolve("state")),
            java.util.Optional.of(new InetSocketAddress("localhost", 0)));
    try (RunningController controller = RunningController.start(config)) {
      URI uri = URI.create("https://localhost:" + controller.httpPort().orElseThrow() + "/health");
      TlsFiles operator = issue(new Identity.Operator("test.example", "olga"));
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      try (HttpClient client =
          HttpClient.newBuilder().sslContext(context(operator, true)).build()) {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"UP\"").contains("\"term\":1");
      }
      try (HttpClient client =
          HttpClient.newBuilder().sslContext(context(operator, false)).build()) {
        assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
            .isInstanceOf(IOException.class);
      }
    }
  }

  private static SSLContext context(TlsFiles files, boolean withOwn) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    try (var in = Files.newInputStream(files.trust())) {
      trust.setCertificateEntry("ca", factory.generateCertificate(in));
    }
    TrustManagerFactory trusts =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusts.init(trust);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    if (withOwn) {
      Certificate[] chain;
      try (var in = Files.newInputStream(files.certificate())) {
        chain = factory.generateCertificates(in).toArray(Certificate[]::new);
      }
      String pem = Files.readString(files.privateKey()).replaceAll("-----[A-Z ]+-----|\\s", "");
      PrivateKey key =
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
      own.setKeyEntry("own", key, new char[0], chain);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, new char[0]);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), trusts.getTrustManagers(), null);
    return context;
  }
}
