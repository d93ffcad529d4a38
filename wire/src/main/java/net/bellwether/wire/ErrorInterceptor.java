package net.bellwether.wire;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers what a service throws: a caller's mistake (IllegalArgumentException) with its text, any
/// other failure without internals, which go to the log.
final class ErrorInterceptor implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorInterceptor.class);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    AnsweringCall<Q, A> answering = new AnsweringCall<>(call);
    ServerCall.Listener<Q> listener;
    try {
      listener = next.startCall(answering, headers);
    } catch (RuntimeException e) {
      answering.fail(e);
      return new ServerCall.Listener<>() {};
    }
    return new SimpleForwardingServerCallListener<Q>(listener) {
      @Override
      public void onMessage(Q message) {
        guarded(() -> super.onMessage(message));
      }

      @Override
      public void onHalfClose() {
        guarded(super::onHalfClose);
      }

      @Override
      public void onCancel() {
        guarded(super::onCancel);
      }

      @Override
      public void onComplete() {
        guarded(super::onComplete);
      }

      @Override
      public void onReady() {
        guarded(super::onReady);
      }

      private void guarded(Runnable callback) {
        try {
          callback.run();
        } catch (RuntimeException e) {
          answering.fail(e);
        }
      }
    };
  }

  /// A call that is closed once; messages after that are dropped, because a stream's other threads
  /// may still be sending when a callback fails.
  private static final class AnsweringCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private boolean failed;
    private boolean closed;

    AnsweringCall(ServerCall<Q, A> call) {
      super(call);
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (!failed) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void sendMessage(A message) {
      if (!failed) {
        super.sendMessage(message);
      }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (failed) {
        return;
      }
      closed = true;
      @Nullable Throwable cause = status.getCause();
      // An error handed to StreamObserver.onError arrives here as UNKNOWN.
      if (status.getCode() == Status.Code.UNKNOWN && cause instanceof RuntimeException e) {
        super.close(statusOf(e), trailers);
      } else {
        super.close(status, trailers);
      }
    }

    synchronized void fail(RuntimeException e) {
      if (closed) {
        LOG.warn("{} failed after its answer", getMethodDescriptor().getFullMethodName(), e);
        return;
      }
      failed = true;
      closed = true;
      if (e instanceof StatusRuntimeException answer) {
        super.close(
            answer.getStatus(), Objects.requireNonNullElseGet(answer.getTrailers(), Metadata::new));
      } else {
        super.close(statusOf(e), new Metadata());
      }
    }

    private Status statusOf(RuntimeException e) {
      String method = getMethodDescriptor().getFullMethodName();
      if (e instanceof IllegalArgumentException) {
        return Status.INVALID_ARGUMENT.withDescription(
            Objects.requireNonNullElse(e.getMessage(), "invalid argument"));
      }
      LOG.error("{} failed", method, e);
      return Status.INTERNAL.withDescription(
          method + " failed inside the server; its log says why");
    }
  }
}
