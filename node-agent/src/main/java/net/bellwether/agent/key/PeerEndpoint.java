package net.bellwether.agent.key;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.bellwether.agent.ledger.KeyPiece;
import net.bellwether.agent.ledger.LedgerStore;
import net.bellwether.agent.ledger.LedgerUnavailableException;
import net.bellwether.agent.ledger.PeerReservation;
import net.bellwether.agent.ledger.ReservedKey;
import net.bellwether.v1.BurnKeysRequest;
import net.bellwether.v1.BurnKeysResponse;
import net.bellwether.v1.DistilRequest;
import net.bellwether.v1.DistilResponse;
import net.bellwether.v1.KeyPeerServiceGrpc;
import net.bellwether.v1.KeyReservation;
import net.bellwether.v1.KeySession;
import net.bellwether.v1.ReserveKeysRequest;
import net.bellwether.v1.ReserveKeysResponse;
import net.bellwether.wire.Callers;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;
import org.jspecify.annotations.Nullable;

/// What the key managers of peers may call: only the peer node of a session, and only about it. To
/// others a session that is not theirs does not exist.
final class PeerEndpoint extends KeyPeerServiceGrpc.KeyPeerServiceImplBase {
  private final Sessions sessions;
  private final LedgerStore ledger;

  PeerEndpoint(Sessions sessions, LedgerStore ledger) {
    this.sessions = sessions;
    this.ledger = ledger;
  }

  @Override
  public void reserveKeys(
      ReserveKeysRequest request, StreamObserver<ReserveKeysResponse> response) {
    answer(
        response,
        () -> {
          KeySession session = sessionOfPeer(request.getSessionId(), Callers.current());
          if (request.getKeysCount() > KeyDelivery.KEYS_PER_REQUEST) {
            throw RpcErrors.invalidArgument(
                "keys",
                "keys (%d) must number at most %d"
                    .formatted(request.getKeysCount(), KeyDelivery.KEYS_PER_REQUEST));
          }
          List<ReservedKey> keys = new ArrayList<>();
          for (KeyReservation key : request.getKeysList()) {
            keys.add(reservedKey(key));
          }
          return switch (ledger.reserveForPeer(session.getSessionId(), keys)) {
            case PeerReservation.Reserved() -> ReserveKeysResponse.getDefaultInstance();
            case PeerReservation.Refused(String reason) ->
                throw RpcErrors.failedPrecondition(reason);
          };
        });
  }

  @Override
  public void burnKeys(BurnKeysRequest request, StreamObserver<BurnKeysResponse> response) {
    answer(
        response,
        () -> {
          KeySession session = sessionOfPeer(request.getSessionId(), Callers.current());
          ledger.burntByPeer(
              session.getSessionId(),
              request.getKeyIdsList().stream().map(id -> uuid("key_ids", id)).toList());
          return BurnKeysResponse.getDefaultInstance();
        });
  }

  @Override
  public StreamObserver<DistilRequest> distil(StreamObserver<DistilResponse> response) {
    return new Accepted((ServerCallStreamObserver<DistilResponse>) response, Callers.current());
  }

  private interface Call<T> {
    T run();
  }

  private static <T> void answer(StreamObserver<T> response, Call<T> call) {
    T result;
    try {
      result = call.run();
    } catch (LedgerUnavailableException e) {
      throw RpcErrors.unavailable(String.valueOf(e.getMessage()));
    }
    response.onNext(result);
    response.onCompleted();
  }

  private KeySession sessionOfPeer(String id, Identity caller) {
    return sessions
        .find(id)
        .filter(session ->
            caller instanceof Identity.Node peer
                && peer.node().value().equals(session.getPeerNode()))
        .orElseThrow(() -> RpcErrors.notFound("key session", id));
  }

  private static ReservedKey reservedKey(KeyReservation key) {
    try {
      return new ReservedKey(
          uuid("key_id", key.getKeyId()),
          key.getPiecesList().stream()
              .map(piece ->
                  new KeyPiece(piece.getBlock(), piece.getOffsetBytes(), piece.getLengthBytes()))
              .toList());
    } catch (IllegalArgumentException e) {
      throw RpcErrors.invalidArgument("keys", String.valueOf(e.getMessage()));
    }
  }

  private static UUID uuid(String field, String value) {
    return KeyIds.parse(value)
        .orElseThrow(
            () -> RpcErrors.invalidArgument(field, field + " (" + value + ") must be a UUID"));
  }

  /// The stream at the end that was dialled; its first frame names the session.
  private final class Accepted implements FrameStream, StreamObserver<DistilRequest> {
    private final ServerCallStreamObserver<DistilResponse> call;
    private final Identity caller;
    private @Nullable SessionDistillation events;
    private volatile String session = "";

    Accepted(ServerCallStreamObserver<DistilResponse> call, Identity caller) {
      this.call = call;
      this.caller = caller;
      call.disableAutoRequest();
      call.request(1);
      call.setOnCancelHandler(() -> lost("the peer cancelled it"));
    }

    @Override
    public void onNext(DistilRequest request) {
      SessionDistillation current = events;
      if (current == null) {
        try {
          current = open(request.getSessionId());
        } catch (StatusRuntimeException e) {
          call.onError(e);
          return;
        }
      }
      current.received(this, request.getFrame().toByteArray());
      call.request(1);
    }

    private SessionDistillation open(String id) {
      KeySession found = sessionOfPeer(id, caller);
      if (found.getLeads()) {
        throw RpcErrors.failedPrecondition("this end leads the distillation of " + id);
      }
      SessionDistillation distillation =
          sessions
              .findDistillation(id)
              .orElseThrow(() -> RpcErrors.failedPrecondition("session " + id + " is closed"));
      session = id;
      events = distillation;
      distillation.opened(this);
      return distillation;
    }

    @Override
    public void onError(Throwable error) {
      lost(RpcErrors.describe(error));
    }

    @Override
    public void onCompleted() {
      lost("the peer ended it");
      call.onCompleted();
    }

    private void lost(String reason) {
      SessionDistillation current = events;
      if (current != null) {
        current.lost(this, reason);
      }
    }

    @Override
    public void send(byte[] frame) {
      call.onNext(
          DistilResponse.newBuilder()
              .setSessionId(session)
              .setFrame(ByteString.copyFrom(frame))
              .build());
    }

    @Override
    public void end(String reason) {
      if (!call.isCancelled()) {
        call.onError(Status.ABORTED.withDescription(reason).asRuntimeException());
      }
    }
  }
}
