package net.bellwether.benchmarks.telemetry;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.locks.LockSupport;
import net.bellwether.topology.Link;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.AgentHello;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.InstalledFlows;
import net.bellwether.v1.NetworkTime;
import net.bellwether.v1.NodeControlServiceGrpc;
import org.jspecify.annotations.Nullable;

/// The control streams of the agents at both ends of a link, sending reports in turn as fast as the
/// server takes them. One thread.
final class LinkSender implements AutoCloseable {
  private static final long PAUSE_NANOS = 50_000;

  private final Reports reports;
  private final long nanosPerReport;
  private final ClientCallStreamObserver<ConnectRequest> atA;
  private final ClientCallStreamObserver<ConnectRequest> atB;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile long sentOutcomes;

  /// Sends a report an end every `nanosPerReport` at most; 0 for as fast as they are taken.
  LinkSender(
      ManagedChannel a,
      ManagedChannel b,
      Link link,
      Reports reports,
      long frame,
      long nanosPerReport) {
    this.reports = reports;
    this.nanosPerReport = nanosPerReport;
    this.atA = connect(a, link.a(), frame);
    this.atB = connect(b, link.b(), frame);
    this.thread = Thread.ofPlatform().name("sender-" + link.id()).start(this::send);
  }

  private static ClientCallStreamObserver<ConnectRequest> connect(
      ManagedChannel channel, NodeId node, long frame) {
    Orders orders = new Orders(node);
    var _ = NodeControlServiceGrpc.newStub(channel).connect(orders);
    ClientCallStreamObserver<ConnectRequest> stream = orders.stream;
    if (stream == null) {
      throw new IllegalStateException("a stream begins with beforeStart");
    }
    stream.onNext(
        ConnectRequest.newBuilder()
            .setHello(
                AgentHello.newBuilder()
                    .setNode(node.value())
                    .setVersion("benchmark")
                    .setPeerEndpoint("127.0.0.1:1")
                    .setNetworkTime(NetworkTime.newBuilder().setFrame(frame)))
            .build());
    stream.onNext(
        ConnectRequest.newBuilder().setInstalled(InstalledFlows.getDefaultInstance()).build());
    return stream;
  }

  /// Orders are not carried out: what is measured is the way of reports.
  private static final class Orders
      implements ClientResponseObserver<ConnectRequest, ConnectResponse> {
    private final NodeId node;
    private @Nullable ClientCallStreamObserver<ConnectRequest> stream;

    Orders(NodeId node) {
      this.node = node;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ConnectRequest> started) {
      stream = started;
    }

    @Override
    public void onNext(ConnectResponse order) {}

    @Override
    public void onError(Throwable error) {
      if (Status.fromThrowable(error).getCode() != Status.Code.CANCELLED) {
        System.err.println("the stream of " + node + " broke: " + error.getMessage());
      }
    }

    @Override
    public void onCompleted() {}
  }

  private void send() {
    int next = 0;
    long sent = 0;
    long due = System.nanoTime();
    while (!stopped) {
      if (atA.isReady() && atB.isReady() && System.nanoTime() - due >= 0) {
        due += nanosPerReport;
        atA.onNext(reports.atA().get(next));
        atB.onNext(reports.atB().get(next));
        sent += 2L * reports.outcomesPerReport();
        sentOutcomes = sent;
        next = next + 1 == reports.atA().size() ? 0 : next + 1;
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  long sentOutcomes() {
    return sentOutcomes;
  }

  /// Sends no more; what is under way still arrives.
  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }

  @Override
  public void close() {
    atA.cancel("the benchmark is over", null);
    atB.cancel("the benchmark is over", null);
  }
}
