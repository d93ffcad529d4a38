package net.bellwether.wire;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/// Hands calls on to the server that decides, where this one does not, on behalf of the same
/// caller. Messages pass one by one and no faster than the slower side takes them. A call that was
/// handed on once is not handed on again. Where nobody decides, some readings are answered by this
/// server from what it last knew, and are marked so.
public final class Relay implements ServerInterceptor {
  /// Stands in the headers of an answer from memory: for how many whole seconds at least the server
  /// has known of nobody who decides.
  public static final Metadata.Key<String> STALE_SECONDS =
      Metadata.Key.of("bellwether-stale-seconds", Metadata.ASCII_STRING_MARSHALLER);

  private static final Context.Key<Boolean> FROM_MEMORY = Context.key("bellwether-from-memory");

  /// Where a call is to be served.
  public sealed interface Place {
    /// By this server.
    record Here() implements Place {}

    /// By the server at the other end of `channel`.
    record At(Channel channel) implements Place {}

    /// By nobody now, and for `vacantFor` already, as far as is known; `reason` is for the caller,
    /// who may try again.
    record Vacant(String reason, Duration vacantFor) implements Place {}

    /// By nobody, and this server does not answer from memory either.
    record Nowhere(String reason) implements Place {}
  }

  /// Knows where calls are served; may wait for a while until it does.
  @FunctionalInterface
  public interface Directory {
    Place place() throws InterruptedException;
  }

  private final Directory directory;
  private final Set<String> own;
  private final Set<String> remembered;

  /// `own` are the services that every server answers for itself, by full name; `remembered` the
  /// methods that it answers from memory where nobody decides.
  public Relay(Directory directory, Set<String> own, Set<MethodDescriptor<?, ?>> remembered) {
    this.directory = directory;
    this.own = Set.copyOf(own);
    this.remembered =
        remembered.stream()
            .map(MethodDescriptor::getFullMethodName)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (own.contains(String.valueOf(call.getMethodDescriptor().getServiceName()))) {
      return next.startCall(call, headers);
    }
    return switch (find()) {
      case Place.Here() -> next.startCall(call, headers);
      case Place.Nowhere(String reason) -> refuse(call, reason);
      case Place.Vacant vacant ->
          remembered.contains(call.getMethodDescriptor().getFullMethodName())
              ? Contexts.interceptCall(
                  Context.current().withValue(FROM_MEMORY, true),
                  new FromMemory<>(call, vacant.vacantFor()),
                  headers,
                  next)
              : refuse(call, vacant.reason());
      case Place.At(Channel channel) ->
          headers.containsKey(Callers.ON_BEHALF_OF)
              ? refuse(call, "this server does not decide, another was taken for it")
              : handOn(call, headers, channel);
    };
  }

  /// Whether the call that this thread serves is to be answered from memory: it will be marked so.
  public static boolean answersFromMemory() {
    return Boolean.TRUE.equals(FROM_MEMORY.get());
  }

  private Place find() {
    try {
      return directory.place();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Place.Nowhere("the server is stopping");
    }
  }

  private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, String reason) {
    call.close(Status.UNAVAILABLE.withDescription(reason), new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static <Q, A> ServerCall.Listener<Q> handOn(
      ServerCall<Q, A> call, Metadata headers, Channel channel) {
    Metadata onward = new Metadata();
    onward.merge(headers);
    onward.put(Callers.ON_BEHALF_OF, Callers.current().uri().toString());
    HandedOn<Q, A> handedOn =
        new HandedOn<>(call, channel.newCall(call.getMethodDescriptor(), CallOptions.DEFAULT));
    handedOn.start(onward);
    return handedOn;
  }

  /// A call whose answer is marked as one from memory.
  private static final class FromMemory<Q, A>
      extends ForwardingServerCall.SimpleForwardingServerCall<Q, A> {
    private final Duration vacantFor;

    FromMemory(ServerCall<Q, A> call, Duration vacantFor) {
      super(call);
      this.vacantFor = vacantFor;
    }

    @Override
    public void sendHeaders(Metadata headers) {
      headers.put(STALE_SECONDS, Long.toString(vacantFor.toSeconds()));
      super.sendHeaders(headers);
    }

    /// What is not remembered may be there all the same.
    @Override
    public void close(Status status, Metadata trailers) {
      if (status.getCode() == Status.Code.NOT_FOUND) {
        super.close(
            Status.UNAVAILABLE.withDescription(
                "nobody decides at present, and this server does not remember it: "
                    + status.getDescription()),
            new Metadata());
      } else {
        super.close(status, trailers);
      }
    }
  }

  /// One call under way: what the caller sends goes onward, what comes back goes to the caller.
  private static final class HandedOn<Q, A> extends ServerCall.Listener<Q> {
    private final ServerCall<Q, A> call;
    private final ClientCall<Q, A> onward;
    private boolean callerWaits;
    private boolean answersWait;

    HandedOn(ServerCall<Q, A> call, ClientCall<Q, A> onward) {
      this.call = call;
      this.onward = onward;
    }

    void start(Metadata headers) {
      onward.start(new Answers(), headers);
      call.request(1);
      onward.request(1);
    }

    @Override
    public void onMessage(Q message) {
      onward.sendMessage(message);
      synchronized (this) {
        if (!onward.isReady()) {
          callerWaits = true;
          return;
        }
      }
      call.request(1);
    }

    @Override
    public void onHalfClose() {
      onward.halfClose();
    }

    @Override
    public void onCancel() {
      onward.cancel("the caller has cancelled", null);
    }

    @Override
    public void onReady() {
      synchronized (this) {
        if (!answersWait) {
          return;
        }
        answersWait = false;
      }
      onward.request(1);
    }

    private void onwardReady() {
      synchronized (this) {
        if (!callerWaits) {
          return;
        }
        callerWaits = false;
      }
      call.request(1);
    }

    private void answered(A message) {
      call.sendMessage(message);
      synchronized (this) {
        if (!call.isReady()) {
          answersWait = true;
          return;
        }
      }
      onward.request(1);
    }

    private final class Answers extends ClientCall.Listener<A> {
      @Override
      public void onHeaders(Metadata headers) {
        call.sendHeaders(headers);
      }

      @Override
      public void onMessage(A message) {
        answered(message);
      }

      @Override
      public void onClose(Status status, Metadata trailers) {
        call.close(status, trailers);
      }

      @Override
      public void onReady() {
        onwardReady();
      }
    }
  }
}
