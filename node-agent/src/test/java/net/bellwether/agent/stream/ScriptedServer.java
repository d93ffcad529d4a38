package net.bellwether.agent.stream;

import static org.awaitility.Awaitility.await;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import net.bellwether.wire.GrpcServers;
import net.bellwether.wire.TlsFiles;
import org.jspecify.annotations.Nullable;

/// A server of one bidirectional method over real TLS, whose side of the conversation the test
/// speaks.
public final class ScriptedServer<Q, A> implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final LinkedBlockingQueue<Q> requests = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<StreamObserver<A>> streams = new LinkedBlockingQueue<>();
  private final Server server;
  private final int port;
  private @Nullable StreamObserver<A> current;

  /// `service` makes the service from what its method does.
  public ScriptedServer(
      int listenPort,
      TlsFiles tls,
      Function<Function<StreamObserver<A>, StreamObserver<Q>>, BindableService> service) {
    server =
        GrpcServers.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), listenPort),
            tls,
            List.of(service.apply(this::opened)));
    this.port = server.getPort();
  }

  private StreamObserver<Q> opened(StreamObserver<A> answers) {
    streams.add(answers);
    return new StreamObserver<>() {
      @Override
      public void onNext(Q request) {
        requests.add(request);
      }

      @Override
      public void onError(Throwable error) {}

      @Override
      public void onCompleted() {}
    };
  }

  public String endpoint() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /// Waits for a client to open the stream, which is then the current one.
  public void awaitStream() throws InterruptedException {
    current = poll(streams, "stream");
  }

  public Q awaitRequest() throws InterruptedException {
    return poll(requests, "request");
  }

  /// The next request that fulfils `condition`; others are passed over.
  public Q awaitRequest(Predicate<Q> condition) throws InterruptedException {
    while (true) {
      Q request = awaitRequest();
      if (condition.test(request)) {
        return request;
      }
    }
  }

  private static <T> T poll(LinkedBlockingQueue<T> queue, String what) throws InterruptedException {
    T found = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (found == null) {
      throw new AssertionError("no " + what + " within " + PATIENCE_SECONDS + " s");
    }
    return found;
  }

  public boolean isSilent() {
    return requests.isEmpty();
  }

  public void answer(A message) {
    stream().onNext(message);
  }

  public void breakStream() {
    stream().onError(Status.UNAVAILABLE.withDescription("broken by the test").asRuntimeException());
  }

  private StreamObserver<A> stream() {
    if (current == null) {
      throw new AssertionError("no stream is open");
    }
    return current;
  }

  @Override
  public void close() {
    server.shutdownNow();
    await().until(server::isTerminated);
  }
}
