package net.bellwether.agent.peer;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import net.bellwether.agent.clock.PeerClocks;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.agent.key.PeerChannels;
import net.bellwether.agent.stream.StandingStream;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.ClockProbe;
import net.bellwether.v1.ClockReading;
import net.bellwether.v1.ExchangeRequest;
import net.bellwether.v1.ExchangeResponse;
import net.bellwether.v1.PairCoordinationServiceGrpc;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import net.bellwether.wire.Vocabulary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node's connections to the agents of other nodes: one to each, shared with the key manager.
/// Messages to a peer go out in order on this node's own stream; what comes in arrives on the
/// peer's, but for the answers to questions for the time, which come on ours. Both sides are
/// believed only under the name in their certificate.
///
/// Safe for use by several threads.
public final class PeerExchange implements PeerChannels, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerExchange.class);

  /// Messages of one batch; about 100 bytes each.
  static final int MESSAGES_PER_BATCH_MAX = 4_000;

  /// Batches that wait for a peer; after a second they are worth nothing.
  private static final int OUTBOX_MAX = 500;

  /// Where a peer was before is kept until calls to there have ended.
  private static final int ENDPOINTS_PER_PEER_MAX = 2;

  private final NodeId self;
  private final TlsFiles tls;
  private final ScheduledExecutorService timer;
  private final PeerClocks clocks;
  private final LongSupplier nanoTime;
  private final PairCoordination service;
  private final Map<NodeId, Map<String, ManagedChannel>> channels = new LinkedHashMap<>();
  private final Map<NodeId, String> endpoints = new LinkedHashMap<>();
  private final Map<NodeId, Line> lines = new LinkedHashMap<>();
  private final AtomicLong droppedMessageCount = new AtomicLong();
  private boolean closed;

  private record Line(String endpoint, StandingStream<ExchangeRequest, ExchangeResponse> stream) {}

  /// `clocks` knows the network time here, and learns how far peers are from it.
  public PeerExchange(
      NodeId self,
      TlsFiles tls,
      ScheduledExecutorService timer,
      PeerClocks clocks,
      LongSupplier nanoTime,
      PeerListener listener) {
    this.self = self;
    this.tls = tls;
    this.timer = timer;
    this.clocks = clocks;
    this.nanoTime = nanoTime;
    this.service = new PairCoordination(self, listener, () -> clocks.findNow(nanoTime.getAsLong()));
  }

  /// What peers dial.
  public BindableService service() {
    return service;
  }

  /// The agent of `peer` listens at `endpoint` from now on. Dials it at once: a first handshake
  /// takes longer than a pair may wait.
  public synchronized void learn(NodeId peer, String endpoint) {
    endpoints.put(peer, endpoint);
    if (!closed) {
      line(peer, endpoint);
    }
  }

  /// Sends `messages` after all before them. What a peer does not take in time, or has no known
  /// endpoint for, is dropped and counted; the rules live with losses.
  public void send(NodeId peer, List<PairMessage> messages) {
    for (int from = 0; from < messages.size(); from += MESSAGES_PER_BATCH_MAX) {
      List<PairMessage> part =
          messages.subList(from, Math.min(messages.size(), from + MESSAGES_PER_BATCH_MAX));
      ExchangeRequest request =
          ExchangeRequest.newBuilder().setBatch(PairMessages.toProto(part)).build();
      if (!offer(peer, request)) {
        droppedMessageCount.addAndGet(part.size());
      }
    }
  }

  private synchronized boolean offer(NodeId peer, ExchangeRequest request) {
    String endpoint = endpoints.get(peer);
    if (endpoint == null || closed) {
      return false;
    }
    return line(peer, endpoint).stream().offer(request);
  }

  /// Asks every peer what time it is there. One whose stream is down or crowded is left out: an
  /// answer that waited says little.
  public synchronized void askClocks() {
    lines.forEach((peer, line) -> {
      long number = clocks.ask(peer, nanoTime.getAsLong());
      ExchangeRequest probe =
          ExchangeRequest.newBuilder()
              .setClockProbe(ClockProbe.newBuilder().setNumber(number))
              .build();
      var _ = line.stream().sendNow(probe);
    });
  }

  private Line line(NodeId peer, String endpoint) {
    Line line = lines.get(peer);
    if (line == null || !line.endpoint().equals(endpoint)) {
      if (line != null) {
        line.stream().close();
      }
      line = dial(peer, endpoint);
      lines.put(peer, line);
    }
    return line;
  }

  private Line dial(NodeId peer, String endpoint) {
    StandingStream<ExchangeRequest, ExchangeResponse> stream =
        new StandingStream<>(
            channel(peer, endpoint),
            PairCoordinationServiceGrpc.getExchangeMethod(),
            OUTBOX_MAX,
            true,
            timer,
            new Outgoing(peer));
    stream.open();
    return new Line(endpoint, stream);
  }

  private final class Outgoing
      implements StandingStream.Listener<ExchangeRequest, ExchangeResponse> {
    private final NodeId peer;

    Outgoing(NodeId peer) {
      this.peer = peer;
    }

    @Override
    public Iterable<ExchangeRequest> opening() {
      return List.of();
    }

    /// About pairs, peers answer on their own stream to us.
    @Override
    public void received(ExchangeResponse message) {
      if (message.hasClockReading()) {
        heard(message.getClockReading(), nanoTime.getAsLong());
      }
      droppedMessageCount.addAndGet(message.getBatch().getMessagesCount());
    }

    private void heard(ClockReading reading, long nanos) {
      try {
        clocks.answered(peer, reading.getNumber(), Vocabulary.fromProto(reading.getTime()), nanos);
      } catch (IllegalArgumentException e) {
        LOG.debug(
            "{}: what peer {} says of its clock makes no sense: {}", self, peer, e.getMessage());
      }
    }

    @Override
    public void lost(String reason) {
      LOG.info("{}: stream to peer {} broke: {}", self, peer, reason);
    }
  }

  @Override
  public synchronized Channel to(NodeId peer, String endpoint) {
    return channel(peer, endpoint);
  }

  private ManagedChannel channel(NodeId peer, String endpoint) {
    if (closed) {
      throw new IllegalStateException("the agent of " + self + " is being stopped");
    }
    Map<String, ManagedChannel> known = channels.computeIfAbsent(peer, _ -> new LinkedHashMap<>());
    ManagedChannel found = known.get(endpoint);
    if (found != null) {
      return found;
    }
    if (known.size() >= ENDPOINTS_PER_PEER_MAX) {
      String oldest = known.keySet().iterator().next();
      ManagedChannel retired = known.remove(oldest);
      if (retired != null) {
        retired.shutdown();
      }
    }
    ManagedChannel opened =
        GrpcChannels.open(
            endpoint,
            tls,
            identity -> identity instanceof Identity.Node node && node.node().equals(peer));
    known.put(endpoint, opened);
    return opened;
  }

  /// Messages that never reached their peer.
  public long droppedMessageCount() {
    return droppedMessageCount.get();
  }

  @Override
  public void close() {
    List<ManagedChannel> open = new ArrayList<>();
    synchronized (this) {
      closed = true;
      lines.values().forEach(line -> line.stream().close());
      channels.values().forEach(known -> open.addAll(known.values()));
    }
    open.forEach(ManagedChannel::shutdownNow);
  }
}
