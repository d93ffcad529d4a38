package net.bellwether.cli;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.bellwether.cli.demo.SessionListing;
import net.bellwether.v1.AdminServiceGrpc;
import net.bellwether.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import net.bellwether.v1.ImportStateRequest;
import net.bellwether.v1.ImportStateResponse;
import net.bellwether.v1.PlanServiceGrpc;
import net.bellwether.v1.PlanServiceGrpc.PlanServiceBlockingStub;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionServiceGrpc;
import net.bellwether.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import net.bellwether.v1.TopologyServiceGrpc;
import net.bellwether.v1.TopologyServiceGrpc.TopologyServiceBlockingStub;
import net.bellwether.v1.VersionServiceGrpc;
import net.bellwether.v1.VersionServiceGrpc.VersionServiceBlockingStub;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;

/// A connection to the controller for one command.
final class ControllerConnection implements AutoCloseable {
  /// Longer than any call takes; planning a large network is the longest.
  private static final long DEADLINE_SECONDS = 60;

  private final ManagedChannel connection;
  private final Channel channel;

  private ControllerConnection(ManagedChannel connection, PrintWriter err) {
    this.connection = connection;
    this.channel = ClientInterceptors.intercept(connection, new StaleNotice(err));
  }

  /// Answers from a controller's memory are announced on `err`.
  static ControllerConnection open(String endpoint, TlsFiles tls, PrintWriter err) {
    return new ControllerConnection(
        GrpcChannels.open(endpoint, tls, peer -> peer instanceof Identity.Controller), err);
  }

  TopologyServiceBlockingStub topology() {
    return TopologyServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  AdminServiceBlockingStub admin() {
    return AdminServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /// Without a deadline: it takes as long as there is state.
  AdminServiceBlockingStub transfers() {
    return AdminServiceGrpc.newBlockingStub(channel);
  }

  BlockingClientCall<ImportStateRequest, ImportStateResponse> uploads() {
    return ClientCalls.blockingClientStreamingCall(
        channel, AdminServiceGrpc.getImportStateMethod(), CallOptions.DEFAULT);
  }

  PlanServiceBlockingStub plans() {
    return PlanServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  SessionServiceBlockingStub sessions() {
    return SessionServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /// Every session that the caller may see, of as many answers as it takes.
  List<Session> allSessions(boolean includeClosed) {
    return SessionListing.all(this::sessions, includeClosed);
  }

  /// Without a deadline: a person ends it.
  SessionServiceBlockingStub watching() {
    return SessionServiceGrpc.newBlockingStub(channel);
  }

  VersionServiceBlockingStub version() {
    return VersionServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    connection.shutdownNow();
  }
}
