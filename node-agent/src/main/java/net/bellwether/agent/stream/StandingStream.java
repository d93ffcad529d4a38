package net.bellwether.agent.stream;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.bellwether.wire.RpcErrors;
import org.jspecify.annotations.Nullable;

/// One bidirectional stream to a server, opened anew with jittered backoff whenever it breaks. What
/// is offered is sent in order; at most `outboxLimit` messages wait for a slow or absent server,
/// more are refused.
///
/// Safe for use by several threads. The listener is called by one thread at a time.
public final class StandingStream<Q, A> implements AutoCloseable {
  /// A stream that lived this long was a success, whatever ended it.
  private static final long LIVED_MILLIS = 2_000;

  /// What the owner of a stream does with it.
  public interface Listener<Q, A> {
    /// The stream is being opened; the messages returned go out first.
    Iterable<Q> opening();

    void received(A message);

    /// It broke and will be opened again; `reason` is for a person.
    void lost(String reason);
  }

  private final ManagedChannel channel;
  private final MethodDescriptor<Q, A> method;
  private final int outboxLimit;
  private final boolean keepsWhileDown;
  private final Listener<Q, A> listener;
  private final ScheduledExecutorService timer;
  private final Backoff backoff = new Backoff(new SplittableRandom());
  private final ArrayDeque<Q> outbox = new ArrayDeque<>();
  private @Nullable Attempt current;
  private boolean closed;

  /// `keepsWhileDown`: whether what waits when the stream breaks is worth sending on the next one.
  public StandingStream(
      ManagedChannel channel,
      MethodDescriptor<Q, A> method,
      int outboxLimit,
      boolean keepsWhileDown,
      ScheduledExecutorService timer,
      Listener<Q, A> listener) {
    this.channel = channel;
    this.method = method;
    this.outboxLimit = outboxLimit;
    this.keepsWhileDown = keepsWhileDown;
    this.timer = timer;
    this.listener = listener;
  }

  private final class Attempt implements ClientResponseObserver<Q, A> {
    private final long startedNanos = System.nanoTime();
    private @Nullable ClientCallStreamObserver<Q> requests;
    private boolean answered;

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> stream) {
      requests = stream;
      stream.setOnReadyHandler(StandingStream.this::drain);
    }

    @Override
    public void onNext(A message) {
      answered = true;
      if (isCurrent(this)) {
        listener.received(message);
      }
    }

    @Override
    public void onError(Throwable error) {
      broken(this, RpcErrors.describe(error));
    }

    @Override
    public void onCompleted() {
      broken(this, "the server ended the stream");
    }

    boolean succeeded() {
      return answered
          || TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos) > LIVED_MILLIS;
    }
  }

  /// Opens it for the first time; later calls change nothing.
  public void open() {
    Attempt attempt = new Attempt();
    synchronized (this) {
      if (closed || current != null) {
        return;
      }
      current = attempt;
      ArrayDeque<Q> first = new ArrayDeque<>();
      listener.opening().forEach(first::add);
      while (!first.isEmpty()) {
        outbox.addFirst(first.removeLast());
      }
    }
    channel.resetConnectBackoff();
    ClientCalls.asyncBidiStreamingCall(channel.newCall(method, CallOptions.DEFAULT), attempt);
    drain();
  }

  private synchronized boolean isCurrent(Attempt attempt) {
    return current == attempt;
  }

  private void broken(Attempt attempt, String reason) {
    long delayMillis;
    synchronized (this) {
      if (closed || current != attempt) {
        return;
      }
      current = null;
      if (!keepsWhileDown) {
        outbox.clear();
      }
      if (attempt.succeeded()) {
        backoff.reset();
      }
      delayMillis = backoff.nextDelayMillis();
    }
    listener.lost(reason);
    try {
      var _ = timer.schedule(this::open, delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // The node is being stopped.
    }
  }

  /// Sends `message` after all before it; false where it was dropped, because the outbox is full or
  /// the stream is down.
  public boolean offer(Q message) {
    synchronized (this) {
      if (closed || outbox.size() >= outboxLimit || (current == null && !keepsWhileDown)) {
        return false;
      }
      outbox.add(message);
    }
    drain();
    return true;
  }

  /// Sends `message` if it can leave at once, before nothing else that waits; otherwise it is
  /// dropped.
  public synchronized boolean sendNow(Q message) {
    Attempt attempt = current;
    ClientCallStreamObserver<Q> requests = attempt == null ? null : attempt.requests;
    if (requests == null || !outbox.isEmpty() || !requests.isReady()) {
      return false;
    }
    try {
      requests.onNext(message);
      return true;
    } catch (IllegalStateException _) {
      // It is just being ended.
      return false;
    }
  }

  private void drain() {
    synchronized (this) {
      Attempt attempt = current;
      ClientCallStreamObserver<Q> requests = attempt == null ? null : attempt.requests;
      while (requests != null && requests.isReady() && !outbox.isEmpty()) {
        requests.onNext(outbox.remove());
      }
    }
  }

  /// Ends the present stream, as `status` says, and opens another after a while.
  public void breakOff(Status status) {
    Attempt attempt;
    synchronized (this) {
      attempt = current;
    }
    if (attempt != null) {
      ClientCallStreamObserver<Q> requests = attempt.requests;
      if (requests != null) {
        requests.cancel(status.getDescription(), status.asRuntimeException());
      }
      broken(attempt, String.valueOf(status.getDescription()));
    }
  }

  @Override
  public void close() {
    Attempt attempt;
    synchronized (this) {
      closed = true;
      attempt = current;
      current = null;
      outbox.clear();
    }
    ClientCallStreamObserver<Q> requests = attempt == null ? null : attempt.requests;
    if (requests != null) {
      requests.cancel("closed", null);
    }
  }
}
