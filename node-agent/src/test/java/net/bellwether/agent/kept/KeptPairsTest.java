package net.bellwether.agent.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import net.bellwether.agent.stream.Pki;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.rules.Application;
import net.bellwether.topology.rules.Prediction;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.ApplicationServiceGrpc;
import net.bellwether.v1.ApplicationServiceGrpc.ApplicationServiceBlockingStub;
import net.bellwether.v1.Basis;
import net.bellwether.v1.MeasurePairRequest;
import net.bellwether.v1.MeasurePairResponse;
import net.bellwether.v1.PairHandle;
import net.bellwether.v1.ReceivePairsRequest;
import net.bellwether.v1.ReceivePairsResponse;
import net.bellwether.v1.ReleasePairRequest;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.GrpcServers;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import net.bellwether.wire.Vocabulary;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent's door for applications, over real TLS; the engine behind it is scripted.
class KeptPairsTest {
  private static final FlowId SESSION = FlowId.of("s-1");
  private static final Application ALICE = new Application("acme", "alice");
  private static final NetworkTime CREATED = new NetworkTime(100, 0);
  private static final NetworkTime NOW = new NetworkTime(101, 0);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private Pki pki;
  private Server server;
  private KeptPairs pairs;
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
  private final List<ManagedChannel> channels = new ArrayList<>();

  private final class Requests implements PairRequests {
    @Override
    public void measure(PairId pair, Direction direction) {
      requests.add("measure " + pair + " " + direction);
    }

    @Override
    public void release(PairId pair) {
      requests.add("release " + pair);
    }
  }

  @BeforeEach
  void serve() {
    pki = new Pki(directory);
    pairs = new KeptPairs(new Requests(), () -> NOW);
    server =
        GrpcServers.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            pki.node("a"),
            List.of(pairs));
    assertThat(pairs.serve(Map.of(SESSION, ALICE))).isEmpty();
  }

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.shutdownNow();
  }

  /// A first handshake takes long on a busy machine.
  private static ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE);
  }

  private ApplicationServiceBlockingStub as(TlsFiles caller) {
    ManagedChannel channel =
        GrpcChannels.open(
            "127.0.0.1:" + server.getPort(), caller, peer -> peer instanceof Identity.Node);
    channels.add(channel);
    return ApplicationServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static PairId pair(long sequence) {
    return new PairId.Elementary(LinkId.of("ab"), 1, sequence);
  }

  private static KeptEvent handed(long sequence) {
    return new KeptEvent.Handed(
        new KeptHalf(
            SESSION,
            pair(sequence),
            Pauli.X,
            CREATED,
            CREATED.plusPicos(NetworkTime.PICOS_PER_SECOND),
            new Prediction(
                BellDiagonal.werner(0.97), new Qubits(8, 100, 10), new Qubits(8, 100, 10), 0.004)));
  }

  /// The handles that alice reads; her stream is open when this returns.
  private Iterator<ReceivePairsResponse> read(ApplicationServiceBlockingStub alice) {
    Iterator<ReceivePairsResponse> handles =
        alice.receivePairs(ReceivePairsRequest.newBuilder().setSessionId(SESSION.value()).build());
    await().until(() -> pairs.accept(List.of(handed(0))).isEmpty());
    assertThat(handles.next().getPair().getPair()).isEqualTo(Vocabulary.toProto(pair(0)));
    return handles;
  }

  private static MeasurePairRequest measure(long sequence) {
    return MeasurePairRequest.newBuilder()
        .setSessionId(SESSION.value())
        .setPair(Vocabulary.toProto(pair(sequence)))
        .setBasis(Basis.BASIS_X)
        .build();
  }

  private static Status.Code code(Throwable error) {
    return ((StatusRuntimeException) error).getStatus().getCode();
  }

  @Test
  void handleTellsFrameDeadlineAndTheStateAsOfNow() {
    ApplicationServiceBlockingStub alice = as(pki.sae("acme", "alice"));
    Iterator<ReceivePairsResponse> handles = read(alice);
    pairs.accept(List.of(handed(1)));
    PairHandle handle = handles.next().getPair();
    assertThat(handle.getSessionId()).isEqualTo("s-1");
    assertThat(handle.getBellIndex()).isEqualTo(net.bellwether.v1.Pauli.PAULI_X);
    assertThat(handle.getDeadline()).isEqualTo(Vocabulary.toProto(new NetworkTime(110, 0)));
    assertThat(handle.getStateNow())
        .isEqualTo(
            Vocabulary.toProto(
                BellDiagonal.werner(0.97)
                    .decayed(0.1, new Qubits(8, 100, 10), 0.1, new Qubits(8, 100, 10))));
  }

  @Test
  void toAllButItsApplicationTheSessionDoesNotExist() {
    for (TlsFiles other :
        List.of(pki.sae("acme", "bob"), pki.sae("rival", "alice"), pki.node("b"), pki.operator())) {
      ApplicationServiceBlockingStub stub = as(other);
      assertThatThrownBy(() ->
              stub.receivePairs(ReceivePairsRequest.newBuilder().setSessionId("s-1").build())
                  .hasNext())
          .satisfies(e -> assertThat(code(e)).isEqualTo(Status.Code.NOT_FOUND));
      assertThatThrownBy(() -> stub.measurePair(measure(1)))
          .hasMessageContaining("there is no session s-1");
      assertThatThrownBy(() ->
              stub.releasePair(
                  ReleasePairRequest.newBuilder()
                      .setSessionId("s-1")
                      .setPair(Vocabulary.toProto(pair(1)))
                      .build()))
          .satisfies(e -> assertThat(code(e)).isEqualTo(Status.Code.NOT_FOUND));
    }
    assertThat(requests).isEmpty();
  }

  @Test
  void measurementAnswersWithTheOutcomeAndOnlyOnce() throws Exception {
    ApplicationServiceBlockingStub alice = as(pki.sae("acme", "alice"));
    read(alice);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer = threads.submit(() -> alice.measurePair(measure(0)));
      await().until(() -> requests.contains("measure " + pair(0) + " " + Direction.ALONG_X));
      assertThatThrownBy(() -> alice.measurePair(measure(0)))
          .satisfies(e -> assertThat(code(e)).isEqualTo(Status.Code.FAILED_PRECONDITION));
      pairs.accept(List.of(new KeptEvent.Measured(pair(0), true, NOW)));
      assertThat(answer.get())
          .isEqualTo(
              MeasurePairResponse.newBuilder()
                  .setOutcome(true)
                  .setFrameApplied(true)
                  .setMeasured(Vocabulary.toProto(NOW))
                  .build());
    }
    assertThatThrownBy(() -> alice.measurePair(measure(0)))
        .satisfies(e -> assertThat(code(e)).isEqualTo(Status.Code.NOT_FOUND));
  }

  @Test
  void halfThatEndsWhileItIsToBeMeasuredIsNotFound() throws Exception {
    ApplicationServiceBlockingStub alice = as(pki.sae("acme", "alice"));
    read(alice);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer = threads.submit(() -> alice.measurePair(measure(0)));
      await().until(() -> !requests.isEmpty());
      pairs.accept(List.of(new KeptEvent.Ended(pair(0), KeptEvent.Reason.DEADLINE)));
      assertThatThrownBy(answer::get).hasMessageContaining("its deadline has passed");
    }
  }

  @Test
  void directionMustBeAUnitVector() {
    ApplicationServiceBlockingStub alice = as(pki.sae("acme", "alice"));
    read(alice);
    assertThatThrownBy(() ->
            alice.measurePair(
                measure(0).toBuilder()
                    .setDirection(net.bellwether.v1.Direction.newBuilder().setX(2))
                    .build()))
        .satisfies(e -> assertThat(code(e)).isEqualTo(Status.Code.INVALID_ARGUMENT))
        .hasMessageContaining("must be a vector of length 1");
  }

  @Test
  void pairsThatNobodyReadsAreGivenBack() {
    assertThat(pairs.accept(List.of(handed(1), handed(2)))).containsExactly(pair(1), pair(2));
  }

  @Test
  void applicationThatStopsReadingLosesPairsAndHoldsNothingUp() {
    ApplicationServiceBlockingStub alice = as(pki.sae("acme", "alice"));
    Iterator<ReceivePairsResponse> handles = read(alice);
    List<KeptEvent> many = new ArrayList<>();
    for (int i = 1; i <= 3 * Desk.UNREAD_MAX; i++) {
      many.add(handed(i));
    }
    assertThat(pairs.accept(many)).hasSizeGreaterThanOrEqualTo(2 * Desk.UNREAD_MAX);
    long unread = 0;
    while (unread == 0) {
      unread = handles.next().getPair().getUnreadCount();
    }
    assertThat(unread).isGreaterThanOrEqualTo(2L * Desk.UNREAD_MAX);
  }

  @Test
  void newerStreamEndsTheOlderOne() {
    Iterator<ReceivePairsResponse> older = read(as(pki.sae("acme", "alice")));
    var newer =
        as(pki.sae("acme", "alice"))
            .receivePairs(ReceivePairsRequest.newBuilder().setSessionId("s-1").build());
    assertThatThrownBy(older::hasNext)
        .satisfies(e -> assertThat(code(e)).isEqualTo(Status.Code.ABORTED));
    pairs.accept(List.of(handed(7)));
    assertThat(newer.next().getPair().getPair()).isEqualTo(Vocabulary.toProto(pair(7)));
  }

  @Test
  void closedSessionEndsItsStreamAndGivesBackWhatIsHeld() {
    Iterator<ReceivePairsResponse> handles = read(as(pki.sae("acme", "alice")));
    assertThat(pairs.serve(Map.of())).containsExactly(pair(0));
    assertThat(handles.hasNext()).isFalse();
  }
}
