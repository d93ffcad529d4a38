package net.bellwether.controller.store.etcd;

import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import net.bellwether.controller.store.StoreUnavailableException;
import net.bellwether.wire.GrpcChannels;
import org.jspecify.annotations.Nullable;

/// Connections to the members of one etcd. Calls stay with one member until it fails them, then go
/// to the next. Nothing is sent twice unless the caller asks for it, and every call has a deadline.
/// Safe for use by many threads.
public final class EtcdClient implements AutoCloseable {
  /// Above any commit; a backlog of watched commits that is longer has to be listed instead.
  private static final int MESSAGE_BYTES_MAX = 64 << 20;

  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
  private static final long RETRY_DELAY_MILLIS = 20;
  private static final long RETRY_DELAY_MAX_MILLIS = 200;

  /// Ends a stream at a member that has lost its leader, which could otherwise be silent for good.
  private static final Metadata REQUIRE_LEADER = requireLeader();

  private final EtcdConfig config;
  private final List<ManagedChannel> members;
  private final AtomicInteger present = new AtomicInteger();

  /// Nothing is sent before the first call.
  ///
  /// @throws IllegalArgumentException where an endpoint or the TLS files are not usable
  public EtcdClient(EtcdConfig config) {
    this.config = config;
    this.members =
        config.endpoints().stream()
            .map(endpoint ->
                GrpcChannels.openByHostName(
                    endpoint, config.tls(), CONNECT_TIMEOUT, MESSAGE_BYTES_MAX))
            .toList();
  }

  EtcdConfig config() {
    return config;
  }

  /// A key of ours as etcd has it.
  String key(String name) {
    return config.prefix() + name;
  }

  /// Calls once; for what must not be sent twice.
  <T> T kvOnce(Function<KVGrpc.KVBlockingStub, T> call) {
    return once(channel ->
        call.apply(KVGrpc.newBlockingStub(channel).withDeadlineAfter(config.requestTimeout())));
  }

  <T> T leaseOnce(Function<LeaseGrpc.LeaseBlockingStub, T> call) {
    return once(channel ->
        call.apply(LeaseGrpc.newBlockingStub(channel).withDeadlineAfter(config.requestTimeout())));
  }

  /// Calls until there is an answer; for reads.
  ///
  /// @throws StatusRuntimeException an error that is an answer
  /// @throws StoreUnavailableException where there is none
  <T> T read(Function<KVGrpc.KVBlockingStub, T> call) {
    Tries tries = tries();
    while (true) {
      try {
        return kvOnce(call);
      } catch (StatusRuntimeException e) {
        if (EtcdFailure.of(e.getStatus()) != EtcdFailure.UNCERTAIN) {
          throw e;
        }
        if (!tries.again()) {
          throw unavailable(e);
        }
      }
    }
  }

  StoreUnavailableException unavailable(StatusRuntimeException e) {
    return new StoreUnavailableException(explain(e), e);
  }

  String explain(StatusRuntimeException e) {
    return EtcdFailure.of(e.getStatus()).message(config, e.getStatus());
  }

  LeaseKeepAliveResponse keepAliveOnce(long leaseId) {
    return once(channel -> {
      CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(config.requestTimeout());
      BlockingClientCall<LeaseKeepAliveRequest, LeaseKeepAliveResponse> call =
          ClientCalls.blockingBidiStreamingCall(
              channel, LeaseGrpc.getLeaseKeepAliveMethod(), options);
      try {
        call.write(LeaseKeepAliveRequest.newBuilder().setID(leaseId).build());
        LeaseKeepAliveResponse response = call.read();
        if (response == null) {
          throw Status.UNAVAILABLE
              .withDescription("the member ended the call")
              .asRuntimeException();
        }
        return response;
      } catch (StatusException e) {
        throw e.getStatus().asRuntimeException();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Status.CANCELLED.withDescription("interrupted").asRuntimeException();
      } finally {
        call.cancel("answered", null);
      }
    });
  }

  /// A stream of watch messages at the present member.
  final class WatchStream {
    private final int member = present.get();
    private final BlockingClientCall<WatchRequest, WatchResponse> call =
        ClientCalls.blockingBidiStreamingCall(
            ClientInterceptors.intercept(
                members.get(member), MetadataUtils.newAttachHeadersInterceptor(REQUIRE_LEADER)),
            WatchGrpc.getWatchMethod(),
            CallOptions.DEFAULT);

    void write(WatchRequest request, Duration timeout)
        throws InterruptedException, TimeoutException, StatusException {
      call.write(request, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The next message; null where the member ended the stream.
    @Nullable WatchResponse read(Duration timeout)
        throws InterruptedException, TimeoutException, StatusException {
      return call.read(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Has the next stream begin at another member.
    void failed() {
      moveFrom(member);
    }

    void cancel() {
      call.cancel("closed", null);
    }
  }

  WatchStream watchStream() {
    return new WatchStream();
  }

  private <T> T once(Function<ManagedChannel, T> call) {
    int member = present.get();
    try {
      return call.apply(members.get(member));
    } catch (StatusRuntimeException e) {
      if (EtcdFailure.of(e.getStatus()) == EtcdFailure.UNCERTAIN) {
        moveFrom(member);
      }
      throw e;
    }
  }

  private void moveFrom(int member) {
    int next = (member + 1) % members.size();
    if (present.compareAndSet(member, next)) {
      // gRPC's own wait grows to two minutes.
      members.get(next).resetConnectBackoff();
    }
  }

  Tries tries() {
    return new Tries();
  }

  /// How long something is tried again.
  final class Tries {
    private final long endNanos = System.nanoTime() + config.giveUpAfter().toNanos();
    private long delayMillis = RETRY_DELAY_MILLIS;

    /// Waits before the next try; false if there should be none.
    boolean again() {
      if (System.nanoTime() - endNanos + delayMillis * 1_000_000 >= 0) {
        return false;
      }
      try {
        Thread.sleep(delayMillis);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
      delayMillis = Math.min(2 * delayMillis, RETRY_DELAY_MAX_MILLIS);
      return true;
    }
  }

  private static Metadata requireLeader() {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER), "true");
    return metadata;
  }

  /// Ends all calls.
  @Override
  public void close() {
    members.forEach(ManagedChannel::shutdownNow);
  }
}
