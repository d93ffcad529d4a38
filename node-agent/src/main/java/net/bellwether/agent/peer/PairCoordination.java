package net.bellwether.agent.peer;

import io.grpc.stub.StreamObserver;
import java.util.List;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.ExchangeRequest;
import net.bellwether.v1.ExchangeResponse;
import net.bellwether.v1.PairCoordinationServiceGrpc.PairCoordinationServiceImplBase;
import net.bellwether.wire.Callers;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where peers' messages come in. A stream speaks for the node in its certificate and for no other;
/// one that makes no sense is ended.
final class PairCoordination extends PairCoordinationServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(PairCoordination.class);

  private final NodeId self;
  private final PeerListener listener;

  PairCoordination(NodeId self, PeerListener listener) {
    this.self = self;
    this.listener = listener;
  }

  @Override
  public StreamObserver<ExchangeRequest> exchange(StreamObserver<ExchangeResponse> responses) {
    if (!(Callers.current() instanceof Identity.Node caller) || caller.node().equals(self)) {
      throw RpcErrors.permissionDenied("only agents of other nodes coordinate pairs");
    }
    return new Incoming(caller.node(), responses);
  }

  private final class Incoming implements StreamObserver<ExchangeRequest> {
    private final NodeId sender;
    private final StreamObserver<ExchangeResponse> responses;
    private boolean ended;

    Incoming(NodeId sender, StreamObserver<ExchangeResponse> responses) {
      this.sender = sender;
      this.responses = responses;
    }

    @Override
    public void onNext(ExchangeRequest request) {
      if (ended) {
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
