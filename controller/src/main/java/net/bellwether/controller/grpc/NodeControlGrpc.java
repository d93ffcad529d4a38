package net.bellwether.controller.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import net.bellwether.controller.lead.Office;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.NodeControlServiceGrpc;

/// Agents' door. A node speaks for itself only; one that no topology names stays connected and is
/// shown as a difference.
public final class NodeControlGrpc extends NodeControlServiceGrpc.NodeControlServiceImplBase {
  private final Office office;

  public NodeControlGrpc(Office office) {
    this.office = office;
  }

  @Override
  public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> agent) {
    return new AgentStream(
        office.engine(), Access.node(), (ServerCallStreamObserver<ConnectResponse>) agent);
  }
}
