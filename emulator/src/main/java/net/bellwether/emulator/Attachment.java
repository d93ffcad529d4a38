package net.bellwether.emulator;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.Optional;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.AttachResponse;
import org.jspecify.annotations.Nullable;

/// The stream to one attached node, and its heralds. Calls come from the host's lock only, one at a
/// time. A node that does not read is dropped before its messages fill the memory.
final class Attachment {
  /// How long a node may leave its messages unread: as long as its pairs live after their round.
  private static final int MAX_UNREAD_FRAMES = 20;

  final NodeId node;
  private final ServerCallStreamObserver<AttachResponse> stream;
  private @Nullable HeraldFeed heralds;
  private List<SlottedRequest> requests = List.of();
  private byte[] heraldToken = {};
  private int unreadFrames;
  private boolean closed;

  Attachment(NodeId node, ServerCallStreamObserver<AttachResponse> stream) {
    this.node = node;
    this.stream = stream;
  }

  void send(List<AttachResponse> messages) {
    if (!closed && !stream.isCancelled()) {
      messages.forEach(stream::onNext);
    }
  }

  /// The token that its node shall come with for its heralds.
  void expectWith(byte[] token) {
    heraldToken = token.clone();
  }

  byte[] heraldToken() {
    return heraldToken.clone();
  }

  void fetchedBy(HeraldFeed feed) {
    heralds = feed;
    feed.schedule(requests);
  }

  /// Under which numbers its node wants to know the heralds of its requests.
  void schedule(List<SlottedRequest> replacement) {
    requests = List.copyOf(replacement);
    if (heralds != null) {
      heralds.schedule(requests);
    }
  }

  /// None until the node has come for them.
  Optional<HeraldFeed> findHeralds() {
    return Optional.ofNullable(heralds);
  }

  /// To be called once a frame; whether the node has not read for too long.
  boolean isStalled() {
    boolean read = stream.isReady() && (heralds == null || heralds.isRead());
    unreadFrames = read ? 0 : unreadFrames + 1;
    return unreadFrames > MAX_UNREAD_FRAMES;
  }

  void close(StatusRuntimeException reason) {
    if (!closed) {
      closed = true;
      stream.onError(reason);
    }
  }

  void complete() {
    if (!closed) {
      closed = true;
      stream.onCompleted();
    }
  }
}
