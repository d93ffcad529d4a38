package net.bellwether.benchmarks.telemetry;

import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.NodeControlServiceGrpc.NodeControlServiceImplBase;
import net.bellwether.v1.TestOutcomes;
import net.bellwether.wire.GrpcServers;
import net.bellwether.wire.TlsFiles;

/// The ceiling: a server that takes the same streams over the same TLS and only counts bytes.
final class Counter implements AutoCloseable {
  private final LongAdder outcomeBytes = new LongAdder();
  private final Server server;

  Counter(TlsFiles tls) {
    server =
        GrpcServers.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            tls,
            List.of(new Counting()));
  }

  private final class Counting extends NodeControlServiceImplBase {
    @Override
    public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> responses) {
      return new StreamObserver<>() {
        @Override
        public void onNext(ConnectRequest request) {
          for (TestOutcomes tests : request.getTelemetry().getTestsList()) {
            outcomeBytes.add(tests.getOutcomes().size());
          }
        }

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onCompleted() {
          responses.onCompleted();
        }
      };
    }
  }

  String endpoint() {
    return "127.0.0.1:" + server.getPort();
  }

  long outcomeBytes() {
    return outcomeBytes.sum();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
