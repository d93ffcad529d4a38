package net.bellwether.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.ControllerHello;
import net.bellwether.v1.GetVersionRequest;
import net.bellwether.v1.GetVersionResponse;
import net.bellwether.v1.NodeControlServiceGrpc;
import net.bellwether.v1.NodeControlServiceGrpc.NodeControlServiceImplBase;
import net.bellwether.v1.VersionServiceGrpc;
import net.bellwether.v1.VersionServiceGrpc.VersionServiceImplBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayTest {
  private static final String DOMAIN = "qit.test";
  private static final int MESSAGES = 2_000;
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir private Path directory;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Server> servers = new ArrayList<>();
  private final AtomicReference<Relay.Place> place = new AtomicReference<>(new Relay.Place.Here());
  private CertificateAuthority authority;
  private Server decides;
  private Server relays;

  @BeforeEach
  void start() {
    authority = CertificateAuthority.openOrCreate(directory.resolve("ca"), DOMAIN);
    decides = serve(1, Relay.Place.Here::new);
    TlsFiles standby = controller(2);
    place.set(new Relay.Place.At(open(decides.getPort(), standby)));
    relays = serve(2, place::get);
  }

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
    servers.forEach(Server::shutdownNow);
  }

  @Test
  void aCallThatIsHandedOnIsServedForItsCaller() {
    assertThat(version(open(relays.getPort(), node("chicago"))))
        .isEqualTo("1 spiffe://qit.test/node/chicago");
  }

  @Test
  void aStreamPassesBothWaysInOrderUntilTheCallerEndsIt() throws Exception {
    BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
    StreamObserver<ConnectRequest> requests =
        NodeControlServiceGrpc.newStub(open(relays.getPort(), node("chicago")))
            .connect(into(answers));
    for (int i = 0; i < MESSAGES; i++) {
      requests.onNext(ConnectRequest.getDefaultInstance());
    }
    requests.onCompleted();
    for (long i = 1; i <= MESSAGES; i++) {
      assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo(i);
    }
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo("end");
  }

  @Test
  void aStreamEndsAsUnavailableWhenTheServerThatDecidesIsGone() throws Exception {
    BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
    StreamObserver<ConnectRequest> requests =
        NodeControlServiceGrpc.newStub(open(relays.getPort(), node("chicago")))
            .connect(into(answers));
    requests.onNext(ConnectRequest.getDefaultInstance());
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo(1L);
    decides.shutdownNow();
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void whereNobodyDecidesTheCallerIsToldWhy() {
    place.set(new Relay.Place.Vacant("no controller leads", Duration.ofSeconds(90)));
    ManagedChannel channel = open(relays.getPort(), node("chicago"));
    Status status =
        catchThrowableOfType(StatusRuntimeException.class, () -> version(channel)).getStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription()).isEqualTo("no controller leads");
  }

  @Test
  void whereNobodyDecidesAReadingFromMemoryIsMarked() throws Exception {
    place.set(new Relay.Place.Vacant("no controller leads", Duration.ofSeconds(90)));
    Server remembers = serve(5, place::get, Set.of(VersionServiceGrpc.getGetVersionMethod()));
    AtomicReference<Metadata> headers = new AtomicReference<>();
    Channel channel =
        ClientInterceptors.intercept(
            open(remembers.getPort(), node("chicago")),
            MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
    assertThat(version(channel)).startsWith("5 ").endsWith(" from memory");
    assertThat(headers.get().get(Relay.STALE_SECONDS)).isEqualTo("90");

    place.set(new Relay.Place.Here());
    assertThat(version(channel)).startsWith("5 ").doesNotEndWith(" from memory");
    assertThat(headers.get().get(Relay.STALE_SECONDS)).isNull();

    place.set(new Relay.Place.Vacant("no controller leads", Duration.ofSeconds(90)));
    BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
    var _ = NodeControlServiceGrpc.newStub(channel).connect(into(answers));
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void whatIsNotRememberedMayBeThereAllTheSame() {
    Server forgets =
        GrpcServers.start(
            ANY_PORT,
            controller(6),
            List.of(forgetful()),
            List.of(
                new Relay(place::get, Set.of(), Set.of(VersionServiceGrpc.getGetVersionMethod()))));
    servers.add(forgets);
    ManagedChannel channel = open(forgets.getPort(), node("chicago"));
    place.set(new Relay.Place.Here());
    assertThat(code(channel)).isEqualTo(Status.Code.NOT_FOUND);
    place.set(new Relay.Place.Vacant("no controller leads", Duration.ofSeconds(90)));
    assertThat(code(channel)).isEqualTo(Status.Code.UNAVAILABLE);
    place.set(new Relay.Place.Nowhere("the controller is stopping"));
    assertThat(code(channel)).isEqualTo(Status.Code.UNAVAILABLE);
  }

  private static Status.Code code(ManagedChannel channel) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> version(channel))
        .getStatus()
        .getCode();
  }

  private static VersionServiceImplBase forgetful() {
    return new VersionServiceImplBase() {
      @Override
      public void getVersion(
          GetVersionRequest request, StreamObserver<GetVersionResponse> responses) {
        responses.onError(Status.NOT_FOUND.asRuntimeException());
      }
    };
  }

  @Test
  void nobodyButAControllerSpeaksForOthers() {
    Metadata headers = new Metadata();
    headers.put(Callers.ON_BEHALF_OF, "spiffe://qit.test/operator/eve");
    ManagedChannel channel = open(decides.getPort(), node("chicago"));
    Status status =
        catchThrowableOfType(
                StatusRuntimeException.class,
                () ->
                    VersionServiceGrpc.newBlockingStub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                        .getVersion(GetVersionRequest.getDefaultInstance()))
            .getStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).contains("must come from a controller");
  }

  @Test
  void aCallIsNotHandedOnTwice() {
    TlsFiles third = controller(3);
    ManagedChannel toRelay = open(relays.getPort(), third);
    Server first = serve(3, () -> new Relay.Place.At(toRelay));
    ManagedChannel channel = open(first.getPort(), node("chicago"));
    assertThat(
            catchThrowableOfType(StatusRuntimeException.class, () -> version(channel))
                .getStatus()
                .getDescription())
        .contains("another was taken for it");
  }

  @Test
  void ofSeveralServersTheNextIsTakenWhenOneIsLost() {
    Server spare = serve(4, Relay.Place.Here::new);
    ManagedChannel channel =
        GrpcChannels.open(
            "localhost:%d, localhost:%d".formatted(decides.getPort(), spare.getPort()),
            node("chicago"),
            identity -> identity instanceof Identity.Controller);
    channels.add(channel);
    String before = version(channel);
    Server lost = before.startsWith("1") ? decides : spare;
    lost.shutdownNow();
    assertThat(version(channel)).isEqualTo(before.startsWith("1") ? before(4) : before(1));
  }

  private static String before(int number) {
    return number + " spiffe://qit.test/node/chicago";
  }

  private Server serve(int number, Relay.Directory directoryOfPlaces) {
    return serve(number, directoryOfPlaces, Set.of());
  }

  private Server serve(
      int number, Relay.Directory directoryOfPlaces, Set<MethodDescriptor<?, ?>> remembered) {
    Server server =
        GrpcServers.start(
            ANY_PORT,
            controller(number),
            List.of(whoAmI(number), counting()),
            List.of(new Relay(directoryOfPlaces, Set.of(), remembered)));
    servers.add(server);
    return server;
  }

  private TlsFiles controller(int number) {
    return authority.issue(
        new Identity.Controller(DOMAIN, number), directory.resolve("controller-" + number));
  }

  private TlsFiles node(String name) {
    return authority.issue(new Identity.Node(DOMAIN, NodeId.of(name)), directory.resolve(name));
  }

  private ManagedChannel open(int port, TlsFiles tls) {
    ManagedChannel channel =
        GrpcChannels.open(
            "localhost:" + port, tls, identity -> identity instanceof Identity.Controller);
    channels.add(channel);
    return channel;
  }

  private static String version(Channel channel) {
    return VersionServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .getVersion(GetVersionRequest.getDefaultInstance())
        .getProgram();
  }

  private static StreamObserver<ConnectResponse> into(BlockingQueue<Object> answers) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ConnectResponse answer) {
        answers.add(answer.getTerm());
      }

      @Override
      public void onError(Throwable error) {
        answers.add(Status.fromThrowable(error).getCode());
      }

      @Override
      public void onCompleted() {
        answers.add("end");
      }
    };
  }

  private static VersionServiceImplBase whoAmI(int number) {
    return new VersionServiceImplBase() {
      @Override
      public void getVersion(
          GetVersionRequest request, StreamObserver<GetVersionResponse> responses) {
        responses.onNext(
            GetVersionResponse.newBuilder()
                .setProgram(
                    number
                        + " "
                        + Callers.current().uri()
                        + (Relay.answersFromMemory() ? " from memory" : ""))
                .build());
        responses.onCompleted();
      }
    };
  }

  /// Answers the first message with term 1, the second with term 2, and so on.
  private static NodeControlServiceImplBase counting() {
    return new NodeControlServiceImplBase() {
      @Override
      public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> answers) {
        return new StreamObserver<>() {
          private long count;

          @Override
          public void onNext(ConnectRequest request) {
            answers.onNext(
                ConnectResponse.newBuilder()
                    .setTerm(++count)
                    .setHello(ControllerHello.getDefaultInstance())
                    .build());
          }

          @Override
          public void onError(Throwable error) {}

          @Override
          public void onCompleted() {
            answers.onCompleted();
          }
        };
      }
    };
  }
}
