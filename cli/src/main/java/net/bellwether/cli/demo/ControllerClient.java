package net.bellwether.cli.demo;

import io.grpc.ManagedChannel;
import io.grpc.stub.AbstractStub;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import net.bellwether.v1.AdminServiceGrpc;
import net.bellwether.v1.ApplyTopologyRequest;
import net.bellwether.v1.CloseSessionRequest;
import net.bellwether.v1.GetLeadershipRequest;
import net.bellwether.v1.GetLeadershipResponse;
import net.bellwether.v1.GetSessionRequest;
import net.bellwether.v1.LinkStatus;
import net.bellwether.v1.ListLinksRequest;
import net.bellwether.v1.ListNodesRequest;
import net.bellwether.v1.NodeStatus;
import net.bellwether.v1.OpenSessionRequest;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionServiceGrpc;
import net.bellwether.v1.SessionSpec;
import net.bellwether.v1.StepDownRequest;
import net.bellwether.v1.TopologyServiceGrpc;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;

/// The controller as one identity sees it. Every call has a deadline; errors are those of gRPC.
public final class ControllerClient implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 20;

  private final ManagedChannel channel;

  public ControllerClient(String endpoint, TlsFiles identity) {
    channel = GrpcChannels.open(endpoint, identity, peer -> peer instanceof Identity.Controller);
  }

  public void applyTopology(String name, String document) {
    topology()
        .applyTopology(
            ApplyTopologyRequest.newBuilder().setDocument(document).setDocumentName(name).build());
  }

  public List<NodeStatus> nodes() {
    return topology().listNodes(ListNodesRequest.getDefaultInstance()).getNodesList();
  }

  public List<LinkStatus> links() {
    return topology().listLinks(ListLinksRequest.getDefaultInstance()).getLinksList();
  }

  public Session open(SessionSpec spec) {
    return sessions()
        .openSession(
            OpenSessionRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setSpec(spec)
                .build())
        .getSession();
  }

  public Session session(String sessionId) {
    return sessions()
        .getSession(GetSessionRequest.newBuilder().setSessionId(sessionId).build())
        .getSession();
  }

  public Session closeSession(String sessionId) {
    return sessions()
        .closeSession(CloseSessionRequest.newBuilder().setSessionId(sessionId).build())
        .getSession();
  }

  /// Who decides.
  public GetLeadershipResponse leadership() {
    return admin().getLeadership(GetLeadershipRequest.getDefaultInstance());
  }

  /// Lets another controller decide; the term of the leadership that ended.
  public long stepDown() {
    return admin().stepDown(StepDownRequest.getDefaultInstance()).getEndedTerm();
  }

  private AdminServiceGrpc.AdminServiceBlockingStub admin() {
    return bounded(AdminServiceGrpc.newBlockingStub(channel));
  }

  private TopologyServiceGrpc.TopologyServiceBlockingStub topology() {
    return bounded(TopologyServiceGrpc.newBlockingStub(channel));
  }

  private SessionServiceGrpc.SessionServiceBlockingStub sessions() {
    return bounded(SessionServiceGrpc.newBlockingStub(channel));
  }

  private static <S extends AbstractStub<S>> S bounded(S stub) {
    return stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS).withWaitForReady();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
