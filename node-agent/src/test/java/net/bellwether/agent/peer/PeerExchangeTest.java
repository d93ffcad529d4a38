package net.bellwether.agent.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.BlockingClientCall;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.bellwether.agent.clock.ClockOffset;
import net.bellwether.agent.clock.PeerClocks;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.agent.stream.Pki;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.ExchangeRequest;
import net.bellwether.v1.ExchangeResponse;
import net.bellwether.v1.PairBatch;
import net.bellwether.v1.PairCoordinationServiceGrpc;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.GrpcServers;
import net.bellwether.wire.TlsFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerExchangeTest {
  private static final NodeId A = NodeId.of("a");
  private static final NodeId B = NodeId.of("b");

  @TempDir private Path directory;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Server> servers = new ArrayList<>();
  private final PeerClocks clockOfA = new PeerClocks();
  private final PeerClocks clockOfB = new PeerClocks();

  @AfterEach
  void stop() {
    servers.forEach(Server::shutdownNow);
    timer.shutdownNow();
  }

  private PeerExchange exchange(NodeId node, TlsFiles tls) {
    return new PeerExchange(
        node,
        tls,
        timer,
        node.equals(A) ? clockOfA : clockOfB,
        System::nanoTime,
        (sender, messages) ->
            messages.forEach(
                message -> heard.add(node + " hears " + sender + ": " + describe(message))));
  }

  private static String describe(PairMessage message) {
    return switch (message) {
      case PairMessage.SwapNotice notice ->
          notice.consumed() + "=" + notice.result() + notice.frame() + notice.otherEnd();
      case PairMessage.PurifyRequest request -> "asks " + request.kept() + request.outcome();
      case PairMessage.PurifyReply reply -> "answers " + reply.kept() + reply.succeeded();
      case PairMessage.KeepNotice notice -> "keeps " + notice.pair() + notice.kept();
    };
  }

  private String serve(PeerExchange exchange, TlsFiles tls, int port) {
    Server server =
        GrpcServers.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            tls,
            List.of(exchange.service()));
    servers.add(server);
    return "127.0.0.1:" + server.getPort();
  }

  private static PairId pair(long sequence) {
    return new PairId.Elementary(LinkId.of("ab"), 1, sequence);
  }

  private static List<PairMessage> messages(long sequence) {
    PairMessage.Header header =
        new PairMessage.Header(
            FlowId.of("f"), 1, NetworkTime.startOfFrame(1), NetworkTime.startOfFrame(1));
    return List.of(
        new PairMessage.SwapNotice(
            header, 2, pair(sequence), new PairId.Swapped(A, 7, 1), Pauli.Y, true, NodeId.of("c")),
        new PairMessage.PurifyRequest(header, 2, pair(sequence), pair(0), true),
        new PairMessage.PurifyReply(header, 2, pair(sequence), pair(0), true, false));
  }

  private static List<String> lines(long sequence) {
    return List.of(
        "b hears a: ab#1." + sequence + "=a@7.1Yc",
        "b hears a: asks ab#1." + sequence + "true",
        "b hears a: answers ab#1." + sequence + "true");
  }

  @Test
  void offsetOfAPeersClockIsMeasuredOverTheStream() {
    Pki pki = new Pki(directory);
    try (PeerExchange a = exchange(A, pki.node("a"));
        PeerExchange b = exchange(B, pki.node("b"))) {
      a.learn(B, serve(b, pki.node("b"), 0));
      long start = System.nanoTime();
      NetworkTime frame = NetworkTime.startOfFrame(1_000);
      await()
          .ignoreException(NullPointerException.class)
          .untilAsserted(() -> {
            // Devices report all the time; that of b is 300 ms ahead.
            long now = System.nanoTime();
            NetworkTime right = frame.plusPicos((now - start) * 1_000);
            clockOfA.told(right, now);
            clockOfB.told(right.plusPicos(300_000_000_000L), now);
            a.askClocks();
            ClockOffset offset = Objects.requireNonNull(clockOfA.offsets(System.nanoTime()).get(B));
            assertThat(Math.abs(offset.offsetNanos() - 300_000_000))
                .isLessThanOrEqualTo(offset.uncertaintyNanos());
          });
      assertThat(heard).isEmpty();
      assertThat(a.droppedMessageCount()).isZero();
    }
  }

  @Test
  void peerWithoutADeviceTellsNoTime() {
    Pki pki = new Pki(directory);
    try (PeerExchange a = exchange(A, pki.node("a"));
        PeerExchange b = exchange(B, pki.node("b"))) {
      a.learn(B, serve(b, pki.node("b"), 0));
      clockOfA.told(NetworkTime.startOfFrame(1), System.nanoTime());
      a.askClocks();
      // What is sent after the question arrives after it was looked at.
      a.send(B, messages(1));
      await().until(() -> heard.size() == 3);
      a.askClocks();
      a.send(B, messages(2));
      await().until(() -> heard.size() == 6);
      assertThat(clockOfA.offsets(System.nanoTime())).isEmpty();
    }
  }

  @Test
  void messagesArriveInOrderUnderTheSendersName() {
    Pki pki = new Pki(directory);
    try (PeerExchange a = exchange(A, pki.node("a"));
        PeerExchange b = exchange(B, pki.node("b"))) {
      a.learn(B, serve(b, pki.node("b"), 0));
      List<String> expected = new ArrayList<>();
      for (long sequence = 1; sequence <= 20; sequence++) {
        a.send(B, messages(sequence));
        expected.addAll(lines(sequence));
      }
      await().untilAsserted(() -> assertThat(heard).containsExactlyElementsOf(expected));
    }
  }

  @Test
  void streamIsOpenedAgainWhenThePeerComesBack() throws Exception {
    Pki pki = new Pki(directory);
    try (PeerExchange a = exchange(A, pki.node("a"));
        PeerExchange b = exchange(B, pki.node("b"))) {
      String endpoint = serve(b, pki.node("b"), 0);
      a.learn(B, endpoint);
      a.send(B, messages(1));
      await().untilAsserted(() -> assertThat(heard).containsAll(lines(1)));
      Server first = servers.removeFirst();
      int port = first.getPort();
      first.shutdownNow().awaitTermination();
      serve(b, pki.node("b"), port);
      await()
          .untilAsserted(() -> {
            a.send(B, messages(2));
            assertThat(heard).containsAll(lines(2));
          });
    }
  }

  @Test
  void messagesWaitForAPeerThatStartsLater() throws Exception {
    Pki pki = new Pki(directory);
    try (PeerExchange a = exchange(A, pki.node("a"));
        PeerExchange b = exchange(B, pki.node("b"))) {
      Server placeholder =
          GrpcServers.start(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pki.node("b"), List.of());
      int port = placeholder.getPort();
      placeholder.shutdownNow().awaitTermination();
      a.learn(B, "127.0.0.1:" + port);
      a.send(B, messages(1));
      serve(b, pki.node("b"), port);
      await().untilAsserted(() -> assertThat(heard).containsExactlyElementsOf(lines(1)));
    }
  }

  @Test
  void nodeThatAnswersForAnotherGetsNothing() {
    Pki pki = new Pki(directory);
    try (PeerExchange a = exchange(A, pki.node("a"));
        PeerExchange c = exchange(NodeId.of("c"), pki.node("c"))) {
      String endpoint = serve(c, pki.node("c"), 0);
      a.learn(B, endpoint);
      a.send(B, messages(1));
      ManagedChannel toC = (ManagedChannel) a.to(NodeId.of("c"), endpoint);
      a.learn(NodeId.of("c"), endpoint);
      a.send(NodeId.of("c"), messages(2));
      await().untilAsserted(() -> assertThat(heard).hasSize(3));
      assertThat(heard).allMatch(line -> line.startsWith("c hears a") && line.contains("1.2"));
      assertThat(toC.isShutdown()).isFalse();
    }
  }

  @Test
  void messagesToAPeerWithoutEndpointAreDroppedAndCounted() {
    Pki pki = new Pki(directory);
    try (PeerExchange a = exchange(A, pki.node("a"))) {
      a.send(B, messages(1));
      assertThat(a.droppedMessageCount()).isEqualTo(3);
    }
  }

  @Test
  void channelIsSharedPerPeerAndEndpoint() {
    Pki pki = new Pki(directory);
    try (PeerExchange a = exchange(A, pki.node("a"))) {
      assertThat(a.to(B, "127.0.0.1:1")).isSameAs(a.to(B, "127.0.0.1:1"));
      assertThat(a.to(B, "127.0.0.1:1")).isNotSameAs(a.to(B, "127.0.0.1:2"));
    }
  }

  @Test
  void operatorMayNotSpeakAboutPairs() {
    assertThatStreamFails(
        "operator", PairBatch.getDefaultInstance(), Status.Code.PERMISSION_DENIED);
  }

  @Test
  void messageThatMakesNoSenseEndsTheStream() {
    PairBatch bad =
        PairBatch.newBuilder().addMessages(net.bellwether.v1.PairMessage.newBuilder()).build();
    assertThatStreamFails("a", bad, Status.Code.INVALID_ARGUMENT);
  }

  private void assertThatStreamFails(String who, PairBatch batch, Status.Code code) {
    Pki pki = new Pki(directory);
    TlsFiles caller = who.equals("operator") ? pki.operator() : pki.node(who);
    try (PeerExchange b = exchange(B, pki.node("b"))) {
      ManagedChannel channel = GrpcChannels.open(serve(b, pki.node("b"), 0), caller, _ -> true);
      BlockingClientCall<ExchangeRequest, ExchangeResponse> call =
          PairCoordinationServiceGrpc.newBlockingV2Stub(channel).exchange();
      assertThatThrownBy(
              () -> {
                call.write(ExchangeRequest.newBuilder().setBatch(batch).build());
                call.read();
              })
          .satisfies(error -> assertThat(Status.fromThrowable(error).getCode()).isEqualTo(code));
      channel.shutdownNow();
      assertThat(heard).isEmpty();
    }
  }
}
