package net.bellwether.agent.key;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import net.bellwether.agent.ledger.KeyPiece;
import net.bellwether.agent.ledger.ReservedKey;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.BurnKeysRequest;
import net.bellwether.v1.DistilRequest;
import net.bellwether.v1.DistilResponse;
import net.bellwether.v1.KeyPeerServiceGrpc;
import net.bellwether.v1.KeyReservation;
import net.bellwether.v1.KeySession;
import net.bellwether.v1.ReserveKeysRequest;
import net.bellwether.wire.RpcErrors;
import org.jspecify.annotations.Nullable;

/// Calls the key manager of a peer.
final class PeerClient implements PeerKeys, SessionDistillation.Dialler {
  /// A consumer waits for this call; half of what impatient clients allow.
  private static final long RESERVE_SECONDS = 3;

  private static final long BURN_SECONDS = 5;

  private final PeerChannels channels;

  PeerClient(PeerChannels channels) {
    this.channels = channels;
  }

  @Override
  public void reserve(KeySession session, List<ReservedKey> keys) {
    ReserveKeysRequest.Builder request =
        ReserveKeysRequest.newBuilder().setSessionId(session.getSessionId());
    keys.forEach(key -> request.addKeys(reservation(key)));
    var _ =
        KeyPeerServiceGrpc.newBlockingStub(channel(session))
            .withDeadlineAfter(RESERVE_SECONDS, TimeUnit.SECONDS)
            .reserveKeys(request.build());
  }

  @Override
  public void burn(KeySession session, List<UUID> ids) {
    BurnKeysRequest request =
        BurnKeysRequest.newBuilder()
            .setSessionId(session.getSessionId())
            .addAllKeyIds(ids.stream().map(UUID::toString).toList())
            .build();
    var _ =
        KeyPeerServiceGrpc.newBlockingStub(channel(session))
            .withDeadlineAfter(BURN_SECONDS, TimeUnit.SECONDS)
            .burnKeys(request);
  }

  @Override
  public FrameStream dial(KeySession session, SessionDistillation events) {
    Channel channel = channel(session);
    Dialled stream = new Dialled(session.getSessionId(), events);
    var _ = KeyPeerServiceGrpc.newStub(channel).distil(stream);
    return stream;
  }

  private Channel channel(KeySession session) {
    Channel channel = channels.to(NodeId.of(session.getPeerNode()), session.getPeerEndpoint());
    if (channel instanceof ManagedChannel managed) {
      // We wait between attempts ourselves, and less long than gRPC.
      managed.resetConnectBackoff();
    }
    return channel;
  }

  private static KeyReservation reservation(ReservedKey key) {
    KeyReservation.Builder reservation = KeyReservation.newBuilder().setKeyId(key.id().toString());
    for (KeyPiece piece : key.pieces()) {
      reservation.addPieces(
          net.bellwether.v1.KeyPiece.newBuilder()
              .setBlock(piece.block())
              .setOffsetBytes(piece.offsetBytes())
              .setLengthBytes(piece.lengthBytes()));
    }
    return reservation.build();
  }

  /// The stream at the end that dialled. One frame is taken at a time, so the peer cannot flood.
  private static final class Dialled
      implements FrameStream, ClientResponseObserver<DistilRequest, DistilResponse> {
    private final String session;
    private final SessionDistillation events;
    private @Nullable ClientCallStreamObserver<DistilRequest> call;

    Dialled(String session, SessionDistillation events) {
      this.session = session;
      this.events = events;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<DistilRequest> started) {
      started.disableAutoRequestWithInitial(1);
      call = started;
    }

    @Override
    public void send(byte[] frame) {
      started()
          .onNext(
              DistilRequest.newBuilder()
                  .setSessionId(session)
                  .setFrame(ByteString.copyFrom(frame))
                  .build());
    }

    @Override
    public void end(String reason) {
      started().cancel(reason, null);
    }

    @Override
    public void onNext(DistilResponse response) {
      events.received(this, response.getFrame().toByteArray());
      started().request(1);
    }

    @Override
    public void onError(Throwable error) {
      events.lost(this, RpcErrors.describe(error));
    }

    @Override
    public void onCompleted() {
      events.lost(this, "the peer ended it");
    }

    private ClientCallStreamObserver<DistilRequest> started() {
      ClientCallStreamObserver<DistilRequest> current = call;
      if (current == null) {
        throw new IllegalStateException("stream must have been started");
      }
      return current;
    }
  }
}
