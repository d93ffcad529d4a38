package net.bellwether.controller.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.wire.RpcErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends calls: with an answer, or with the one status that says what a client may do about it.
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  private Replies() {}

  static <T> void answer(StreamObserver<T> caller, Supplier<T> work) {
    T result;
    try {
      result = work.get();
    } catch (RuntimeException e) {
      caller.onError(status(e));
      return;
    }
    caller.onNext(result);
    caller.onCompleted();
  }

  static StatusRuntimeException status(RuntimeException failure) {
    return switch (failure) {
      case StatusRuntimeException known -> known;
      case ControlEngine.UnavailableException unavailable ->
          RpcErrors.unavailable(String.valueOf(unavailable.getMessage()));
      default -> {
        LOG.error("a call failed", failure);
        yield Status.INTERNAL
            .withDescription("a defect of the controller; its log has the cause")
            .asRuntimeException();
      }
    };
  }
}
