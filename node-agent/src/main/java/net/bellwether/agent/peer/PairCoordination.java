package net.bellwether.agent.peer;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.ClockProbe;
import net.bellwether.v1.ClockReading;
import net.bellwether.v1.ExchangeRequest;
import net.bellwether.v1.ExchangeResponse;
import net.bellwether.v1.PairCoordinationServiceGrpc.PairCoordinationServiceImplBase;
import net.bellwether.wire.Callers;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;
import net.bellwether.wire.Vocabulary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where peers' messages come in. A stream speaks for the node in its certificate and for no other;
/// one that makes no sense is ended.
final class PairCoordination extends PairCoordinationServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(PairCoordination.class);

  private final NodeId self;
  private final PeerListener listener;
  private final Supplier<Optional<NetworkTime>> clock;

  /// `clock` tells the network time at this node.
  PairCoordination(NodeId self, PeerListener listener, Supplier<Optional<NetworkTime>> clock) {
    this.self = self;
    this.listener = listener;
    this.clock = clock;
  }

  @Override
  public StreamObserver<ExchangeRequest> exchange(StreamObserver<ExchangeResponse> responses) {
    if (!(Callers.current() instanceof Identity.Node caller) || caller.node().equals(self)) {
      throw RpcErrors.permissionDenied("only agents of other nodes coordinate pairs");
    }
    return new Incoming(caller.node(), (ServerCallStreamObserver<ExchangeResponse>) responses);
  }

  private final class Incoming implements StreamObserver<ExchangeRequest> {
    private final NodeId sender;
    private final ServerCallStreamObserver<ExchangeResponse> responses;
    private boolean ended;

    Incoming(NodeId sender, ServerCallStreamObserver<ExchangeResponse> responses) {
      this.sender = sender;
      this.responses = responses;
    }

    @Override
    public void onNext(ExchangeRequest request) {
      if (ended) {
        return;
      }
      if (request.hasClockProbe()) {
        answer(request.getClockProbe());
      }
      if (request.getBatch().getMessagesCount() == 0) {
        return;
      }
      List<PairMessage> messages;
      try {
        messages = PairMessages.fromProto(request.getBatch());
      } catch (IllegalArgumentException e) {
        ended = true;
        LOG.warn("{}: messages of peer {} make no sense: {}", self, sender, e.getMessage());
        responses.onError(RpcErrors.invalidArgument("batch", String.valueOf(e.getMessage())));
        return;
      }
      listener.received(sender, messages);
    }

    /// A peer that does not read its answers gets none.
    private void answer(ClockProbe probe) {
      if (responses.isReady()) {
        clock
            .get()
            .ifPresent(now ->
                responses.onNext(
                    ExchangeResponse.newBuilder()
                        .setClockReading(
                            ClockReading.newBuilder()
                                .setNumber(probe.getNumber())
                                .setTime(Vocabulary.toProto(now)))
                        .build()));
      }
    }

    @Override
    public void onError(Throwable error) {
      LOG.debug("{}: stream of peer {} broke: {}", self, sender, RpcErrors.describe(error));
    }

    @Override
    public void onCompleted() {
      if (!ended) {
        responses.onCompleted();
      }
    }
  }
}
