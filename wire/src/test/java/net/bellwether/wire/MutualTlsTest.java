package net.bellwether.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.GetVersionRequest;
import net.bellwether.v1.GetVersionResponse;
import net.bellwether.v1.VersionServiceGrpc;
import net.bellwether.v1.VersionServiceGrpc.VersionServiceImplBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutualTlsTest {
  private static final String DOMAIN = "qit.test";
  private static final Identity CONTROLLER = new Identity.Controller(DOMAIN, 1);
  private static final Identity NODE = new Identity.Node(DOMAIN, NodeId.of("chicago"));
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir private Path directory;
  private CertificateAuthority authority;
  private Server server;
  private final List<ManagedChannel> channels = new ArrayList<>();

  @BeforeEach
  void start() {
    authority = CertificateAuthority.openOrCreate(directory.resolve("ca"), DOMAIN);
    server =
        GrpcServers.start(
            ANY_PORT, authority.issue(CONTROLLER, directory.resolve("server")), List.of(whoAmI()));
  }

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.shutdownNow();
  }

  @Test
  void serverKnowsItsCallerFromTheCertificate() {
    TlsFiles node = authority.issue(NODE, directory.resolve("node"));
    assertThat(call(open(node, CONTROLLER::equals))).isEqualTo("spiffe://qit.test/node/chicago");
  }

  @Test
  void boringSslCarriesTheConnection() {
    assertThat(OpenSsl.isAvailable()).as(String.valueOf(OpenSsl.unavailabilityCause())).isTrue();
  }

  @Test
  void clientOfAnotherAuthorityIsRefused() {
    CertificateAuthority other =
        CertificateAuthority.openOrCreate(directory.resolve("ca-2"), "other.test");
    TlsFiles stranger =
        other.issue(new Identity.Operator("other.test", "eve"), directory.resolve("stranger"));
    assertUnavailable(open(stranger, _ -> true));
  }

  @Test
  void clientOfAnAuthorityWithTheSameNameIsRefusedByTheServer() throws Exception {
    CertificateAuthority impostor =
        CertificateAuthority.openOrCreate(directory.resolve("ca-2"), DOMAIN);
    TlsFiles forged = impostor.issue(NODE, directory.resolve("forged"));
    // The client itself believes the server's real authority: only the server can refuse.
    Files.copy(directory.resolve("ca/ca.pem"), forged.trust(), StandardCopyOption.REPLACE_EXISTING);
    assertUnavailable(open(forged, _ -> true));
  }

  @Test
  void serverOfAnAuthorityWithTheSameNameIsRefusedByTheClient() {
    CertificateAuthority impostor =
        CertificateAuthority.openOrCreate(directory.resolve("ca-2"), DOMAIN);
    TlsFiles node = authority.issue(NODE, directory.resolve("node"));
    Server forged =
        GrpcServers.start(
            ANY_PORT, impostor.issue(CONTROLLER, directory.resolve("forged")), List.of(whoAmI()));
    try {
      assertUnavailable(open(forged.getPort(), node, _ -> true));
    } finally {
      forged.shutdownNow();
    }
  }

  @Test
  void clientWithoutCertificateIsRefused() throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", server.getPort())
            .sslContext(
                GrpcSslContexts.configure(SslContextBuilder.forClient())
                    .trustManager(directory.resolve("ca/ca.pem").toFile())
                    .build())
            .build();
    channels.add(channel);
    assertUnavailable(channel);
  }

  @Test
  void serverThatIsNotTheExpectedOneIsNotSpokenTo() {
    TlsFiles node = authority.issue(NODE, directory.resolve("node"));
    StatusRuntimeException error =
        assertUnavailable(open(node, peer -> peer instanceof Identity.Emulator));
    assertThat(RpcErrors.describe(error))
        .contains("the server is spiffe://qit.test/controller/1, which is not who was called");
  }

  @Test
  void expiredClientCertificateIsRefused() {
    InstantSource lastYear = InstantSource.fixed(Instant.now().minus(Duration.ofDays(365)));
    TlsFiles expired =
        CertificateAuthority.openOrCreate(directory.resolve("ca"), DOMAIN, lastYear)
            .issue(NODE, directory.resolve("expired"));
    assertUnavailable(open(expired, _ -> true));
  }

  @Test
  void expiredServerCertificateIsRefused() {
    InstantSource lastYear = InstantSource.fixed(Instant.now().minus(Duration.ofDays(365)));
    Server expired =
        GrpcServers.start(
            ANY_PORT,
            CertificateAuthority.openOrCreate(directory.resolve("ca"), DOMAIN, lastYear)
                .issue(CONTROLLER, directory.resolve("expired")),
            List.of(whoAmI()));
    try {
      assertUnavailable(
          open(expired.getPort(), authority.issue(NODE, directory.resolve("node")), _ -> true));
    } finally {
      expired.shutdownNow();
    }
  }

  @Test
  void certificateWithTwoIdentitiesIsUnauthenticated() {
    TlsFiles two =
        authority.issue(
            DOMAIN,
            List.of(NODE, new Identity.Operator(DOMAIN, "ann")),
            directory.resolve("two"),
            List.of());
    assertThat(statusOf(openUnchecked(two)).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void certificateWithoutIdentityIsUnauthenticated() {
    TlsFiles none = authority.issue(DOMAIN, List.of(), directory.resolve("none"), List.of());
    Status status = statusOf(openUnchecked(none));
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription())
        .isEqualTo(
            "the client's certificate must have exactly one URI as subject alternative name, a spiffe:// one, but has []");
  }

  @Test
  void oldTlsVersionsAreRefused() throws Exception {
    TlsFiles node = authority.issue(NODE, directory.resolve("node"));
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", server.getPort())
            .sslContext(
                GrpcSslContexts.configure(SslContextBuilder.forClient())
                    .trustManager(node.trust().toFile())
                    .keyManager(node.certificate().toFile(), node.privateKey().toFile())
                    .protocols("TLSv1.2")
                    .build())
            .build();
    channels.add(channel);
    assertUnavailable(channel);
  }

  @Test
  void serverAgreesToThePostQuantumGroup() throws Exception {
    TlsFiles node = authority.issue(NODE, directory.resolve("node"));
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", server.getPort())
            .sslContext(
                GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.OPENSSL)
                    .trustManager(node.trust().toFile())
                    .keyManager(node.certificate().toFile(), node.privateKey().toFile())
                    .option(OpenSslContextOption.GROUPS, new String[] {"X25519MLKEM768"})
                    .build())
            .build();
    channels.add(channel);
    assertThat(call(channel)).isEqualTo("spiffe://qit.test/node/chicago");
  }

  @Test
  void healthServiceAnswers() {
    TlsFiles node = authority.issue(NODE, directory.resolve("node"));
    assertThat(
            HealthGrpc.newBlockingStub(open(node, CONTROLLER::equals))
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void takenPortIsOneLine() {
    InetSocketAddress taken =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    TlsFiles tls = authority.issue(CONTROLLER, directory.resolve("server"));
    assertThatThrownBy(() -> GrpcServers.start(taken, tls, List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "address localhost:%d is already in use: stop the program that listens there or choose another port"
                .formatted(server.getPort()));
  }

  @Test
  void missingTlsFilesAreNamed() {
    assertThatThrownBy(
            () -> GrpcChannels.open("localhost:1", new TlsFiles(Path.of("/nowhere")), _ -> true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("file /nowhere/cert.pem must be readable");
  }

  @Test
  void addressWithoutPortIsRefused() {
    TlsFiles node = authority.issue(NODE, directory.resolve("node"));
    assertThatThrownBy(() -> GrpcChannels.open("localhost", node, _ -> true))
        .hasMessage("address (localhost) must be HOST:PORT, for example localhost:7443");
  }

  private ManagedChannel open(TlsFiles tls, Predicate<Identity> expected) {
    return open(server.getPort(), tls, expected);
  }

  private ManagedChannel open(int port, TlsFiles tls, Predicate<Identity> expected) {
    ManagedChannel channel = GrpcChannels.open("localhost:" + port, tls, expected);
    channels.add(channel);
    return channel;
  }

  /// A client that does not look at its own identity first.
  private ManagedChannel openUnchecked(TlsFiles tls) {
    try {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("localhost", server.getPort())
              .sslContext(
                  GrpcSslContexts.configure(SslContextBuilder.forClient())
                      .trustManager(tls.trust().toFile())
                      .keyManager(tls.certificate().toFile(), tls.privateKey().toFile())
                      .build())
              .build();
      channels.add(channel);
      return channel;
    } catch (javax.net.ssl.SSLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String call(ManagedChannel channel) {
    return VersionServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .getVersion(GetVersionRequest.getDefaultInstance())
        .getProgram();
  }

  private static Status statusOf(ManagedChannel channel) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> call(channel)).getStatus();
  }

  private static StatusRuntimeException assertUnavailable(ManagedChannel channel) {
    StatusRuntimeException error =
        catchThrowableOfType(StatusRuntimeException.class, () -> call(channel));
    assertThat(error).isNotNull();
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    return error;
  }

  private static VersionServiceImplBase whoAmI() {
    return new VersionServiceImplBase() {
      @Override
      public void getVersion(
          GetVersionRequest request, StreamObserver<GetVersionResponse> responses) {
        responses.onNext(
            GetVersionResponse.newBuilder().setProgram(Callers.current().uri().toString()).build());
        responses.onCompleted();
      }
    };
  }
}
