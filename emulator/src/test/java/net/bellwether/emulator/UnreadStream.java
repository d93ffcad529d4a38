package net.bellwether.emulator;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import net.bellwether.v1.AttachResponse;

/// A stream whose other end reads nothing.
final class UnreadStream extends ServerCallStreamObserver<AttachResponse> {
  Status ended = Status.OK;

  @Override
  public boolean isReady() {
    return false;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void onError(Throwable reason) {
    ended = Status.fromThrowable(reason);
  }

  @Override
  public void onNext(AttachResponse response) {
    // Nobody reads.
  }

  @Override
  public void onCompleted() {
    // Nobody waits.
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    // It is never cancelled.
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    // It is never ready.
  }

  @Override
  public void setCompression(String compression) {
    // Not on the wire.
  }

  @Override
  public void setMessageCompression(boolean enable) {
    // Not on the wire.
  }

  @Override
  public void disableAutoInboundFlowControl() {
    // Nothing comes in.
  }

  @Override
  public void request(int count) {
    // Nothing comes in.
  }
}
