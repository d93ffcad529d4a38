package net.bellwether.agent.control;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.bellwether.agent.stream.StandingStream;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.NodeControlServiceGrpc;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stream to the controller. While it is away the node goes on with the orders it has.
///
/// Safe for use by several threads.
public final class ControllerLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControllerLink.class);

  /// Messages that wait for a slow controller; beyond this telemetry is added up instead.
  private static final int OUTBOX_MAX = 4_096;

  private final NodeId node;
  private final ManagedChannel channel;
  private final StandingStream<ConnectRequest, ConnectResponse> stream;
  private volatile boolean connected;

  /// `endpoints` are those of the controller, or of several with commas between; `greeting` is what
  /// the node says first on every connection; `orders` may wait.
  public ControllerLink(
      NodeId node,
      String endpoints,
      TlsFiles tls,
      ScheduledExecutorService timer,
      Supplier<List<ConnectRequest>> greeting,
      Consumer<ConnectResponse> orders) {
    this.node = node;
    this.channel =
        GrpcChannels.open(endpoints, tls, identity -> identity instanceof Identity.Controller);
    this.stream =
        new StandingStream<>(
            channel,
            NodeControlServiceGrpc.getConnectMethod(),
            OUTBOX_MAX,
            false,
            timer,
            new StandingStream.Listener<>() {
              @Override
              public List<ConnectRequest> opening() {
                return greeting.get();
              }

              @Override
              public void received(ConnectResponse order) {
                connected = true;
                orders.accept(order);
              }

              @Override
              public void lost(String reason) {
                if (connected) {
                  LOG.warn("{}: controller is away, going on without it: {}", node, reason);
                }
                connected = false;
                // The controller may be there and see no leader while another does.
                channel.enterIdle();
              }
            });
  }

  /// Connects, and stays connected; later calls change nothing.
  public void open() {
    stream.open();
  }

  /// Whether the controller has spoken on the present stream.
  public boolean isConnected() {
    return connected;
  }

  public boolean offer(ConnectRequest message) {
    return stream.offer(message);
  }

  /// Ends a stream whose controller is not the leader any more.
  public void refuseTerm(long highestTerm) {
    stream.breakOff(
        Status.ABORTED.withDescription(
            "node " + node + " has obeyed term " + highestTerm + " and refuses lower ones"));
  }

  /// Ends a stream whose orders cannot be recorded, so that the controller gives them again.
  public void refuseOrders(String reason) {
    stream.breakOff(Status.INTERNAL.withDescription(reason));
  }

  @Override
  public void close() {
    stream.close();
    channel.shutdownNow();
  }
}
