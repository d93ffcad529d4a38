package net.bellwether.emulator;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.AttachResponse;

/// The stream to one attached node. Calls come from the host's lock only, one at a time. A node
/// that does not read is dropped before its messages fill the memory.
final class Attachment {
  /// How long a node may leave its messages unread: as long as its pairs live after their round.
  private static final int MAX_UNREAD_FRAMES = 20;

  final NodeId node;
  private final ServerCallStreamObserver<AttachResponse> stream;
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

  /// To be called once a frame; whether the node has not read for too long.
  boolean isStalled() {
    unreadFrames = stream.isReady() ? 0 : unreadFrames + 1;
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
