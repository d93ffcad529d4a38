package net.bellwether.cli.demo;

import io.grpc.ManagedChannel;
import io.grpc.stub.AbstractStub;
import java.time.Duration;
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
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final ManagedChannel channel;
  private final Duration deadline;

  public ControllerClient(String endpoint, TlsFiles identity) {
    this(endpoint, identity, DEADLINE);
  }

  /// One that waits no longer than `deadline` for any answer.
  public ControllerClient(String endpoint, TlsFiles identity, Duration deadline) {
    this.deadline = deadline;
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
    return open(UUID.randomUUID().toString(), spec);
  }

  /// The same session when asked again.
  public Session open(String requestId, SessionSpec spec) {
    return sessions()
        .openSession(OpenSessionRequest.newBuilder().setRequestId(requestId).setSpec(spec).build())
        .getSession();
  }

  public Session session(String sessionId) {
    return sessions()
        .getSession(GetSessionRequest.newBuilder().setSessionId(sessionId).build())
        .getSession();
  }

  /// The caller's sessions, or everybody's where the caller is an operator; closed ones too, as
  /// long as they are remembered.
  public List<Session> sessionsEver() {
    return SessionListing.all(this::sessions, true);
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

  private <S extends AbstractStub<S>> S bounded(S stub) {
    return stub.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS).withWaitForReady();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
