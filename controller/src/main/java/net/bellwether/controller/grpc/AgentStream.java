package net.bellwether.controller.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import net.bellwether.controller.engine.AgentEvent;
import net.bellwether.controller.engine.AgentLine;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.controller.reconcile.Order;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.AgentHello;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.wire.RpcErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One agent's control stream. Messages are taken in order and passed to the engine, which slows
/// the agent down when it is behind; orders wait in a bounded queue while the agent is slow.
final class AgentStream implements StreamObserver<ConnectRequest>, AgentLine {
  /// Orders that wait for a slow agent. It then loses its stream, comes back and is told the
  /// difference.
  static final int UNSENT_MAX = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(AgentStream.class);

  private final ControlEngine engine;
  private final NodeId node;
  private final ServerCallStreamObserver<ConnectResponse> agent;
  private final Deque<ConnectResponse> unsent = new ArrayDeque<>();
  private boolean greeted;
  private boolean ended;

  AgentStream(ControlEngine engine, NodeId node, ServerCallStreamObserver<ConnectResponse> agent) {
    this.engine = engine;
    this.node = node;
    this.agent = agent;
    agent.setOnReadyHandler(this::drain);
    agent.setOnCancelHandler(this::gone);
  }

  @Override
  public void onNext(ConnectRequest message) {
    if (hasEnded()) {
      // Sent before the agent could know; a further hello among it would raise a line that is dead.
      return;
    }
    try {
      if (greeted) {
        engine.heard(AgentMessages.event(node, message), this);
      } else {
        greet(message);
      }
    } catch (IllegalArgumentException e) {
      end(RpcErrors.invalidArgument("message", String.valueOf(e.getMessage())));
      gone();
    }
  }

  private void greet(ConnectRequest message) {
    if (!message.hasHello()) {
      end(RpcErrors.invalidArgument("message", "the first message must be hello"));
      return;
    }
    AgentHello hello = message.getHello();
    if (!hello.getNode().equals(node.value())) {
      end(
          RpcErrors.permissionDenied(
              "hello.node (%s) must be the node of the certificate (%s)"
                  .formatted(hello.getNode(), node)));
      return;
    }
    AgentEvent.Connected connected = new AgentEvent.Connected(node, AgentMessages.facts(hello));
    greeted = true;
    LOG.info("agent of {} connected, version {}", node, hello.getVersion());
    put(OrderMessages.hello(engine.term()));
    engine.connected(connected, this);
  }

  @Override
  public void onError(Throwable failure) {
    gone();
  }

  @Override
  public void onCompleted() {
    synchronized (this) {
      if (!ended) {
        ended = true;
        agent.onCompleted();
      }
    }
    gone();
  }

  private void gone() {
    if (greeted) {
      greeted = false;
      LOG.info("agent of {} disconnected", node);
      engine.heard(new AgentEvent.Disconnected(node), this);
    }
  }

  @Override
  public boolean send(long term, Order order) {
    return put(OrderMessages.of(term, order));
  }

  private synchronized boolean put(ConnectResponse message) {
    if (ended || unsent.size() >= UNSENT_MAX) {
      return false;
    }
    unsent.add(message);
    drain();
    return true;
  }

  private synchronized void drain() {
    while (!ended && agent.isReady() && !unsent.isEmpty()) {
      agent.onNext(unsent.remove());
    }
  }

  @Override
  public void close(String reason) {
    end(Status.UNAVAILABLE.withDescription(reason).asRuntimeException());
  }

  private synchronized boolean hasEnded() {
    return ended;
  }

  private synchronized void end(RuntimeException status) {
    if (!ended) {
      ended = true;
      unsent.clear();
      agent.onError(status);
    }
  }
}
