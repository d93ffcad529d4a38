package net.bellwether.controller.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import net.bellwether.controller.engine.ControlEngine;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.NodeControlServiceGrpc;

/// Agents' door. A node speaks for itself only; one that no topology names stays connected and is
/// shown as a difference.
public final class NodeControlGrpc extends NodeControlServiceGrpc.NodeControlServiceImplBase {
  private final ControlEngine engine;

  public NodeControlGrpc(ControlEngine engine) {
    this.engine = engine;
  }

  @Override
  public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> agent) {
    return new AgentStream(
        engine, Access.node(), (ServerCallStreamObserver<ConnectResponse>) agent);
  }
}
