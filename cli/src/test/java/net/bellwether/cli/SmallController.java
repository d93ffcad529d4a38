package net.bellwether.cli;

import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bellwether.topology.Network;
import net.bellwether.v1.ApplyTopologyRequest;
import net.bellwether.v1.ApplyTopologyResponse;
import net.bellwether.v1.ClockOffset;
import net.bellwether.v1.CloseSessionRequest;
import net.bellwether.v1.CloseSessionResponse;
import net.bellwether.v1.CounterOffer;
import net.bellwether.v1.GetSessionRequest;
import net.bellwether.v1.GetSessionResponse;
import net.bellwether.v1.GetTopologyRequest;
import net.bellwether.v1.GetTopologyResponse;
import net.bellwether.v1.LinkStatus;
import net.bellwether.v1.ListLinksRequest;
import net.bellwether.v1.ListLinksResponse;
import net.bellwether.v1.ListNodesRequest;
import net.bellwether.v1.ListNodesResponse;
import net.bellwether.v1.ListSessionsRequest;
import net.bellwether.v1.ListSessionsResponse;
import net.bellwether.v1.NodeStatus;
import net.bellwether.v1.OpenSessionRequest;
import net.bellwether.v1.OpenSessionResponse;
import net.bellwether.v1.PlanRequestRequest;
import net.bellwether.v1.PlanRequestResponse;
import net.bellwether.v1.PlanServiceGrpc.PlanServiceImplBase;
import net.bellwether.v1.QubitCounts;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionServiceGrpc.SessionServiceImplBase;
import net.bellwether.v1.SessionState;
import net.bellwether.v1.TopologyServiceGrpc.TopologyServiceImplBase;
import net.bellwether.v1.WatchSessionRequest;
import net.bellwether.v1.WatchSessionResponse;
import net.bellwether.wire.Callers;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;
import net.bellwether.wire.VersionReporting;
import net.bellwether.wire.plan.PlanMessages;
import net.bellwether.wire.plan.PlanQuestion;
import net.bellwether.wire.plan.PlanningGround;
import net.bellwether.wire.plan.QuestionMistake;

/// The controller's services at their smallest: sessions in memory, up to 1000 pairs a second each.
final class SmallController {
  private static final double CAPACITY_PAIRS_PER_SECOND = 1000;

  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private String document = "";

  List<BindableService> services() {
    return List.of(
        new Topologies(), new Plans(), new Sessions(), new VersionReporting("controller"));
  }

  private static <T> void answer(StreamObserver<T> responses, T response) {
    responses.onNext(response);
    responses.onCompleted();
  }

  private final class Topologies extends TopologyServiceImplBase {
    @Override
    public void applyTopology(
        ApplyTopologyRequest request, StreamObserver<ApplyTopologyResponse> responses) {
      if (!(Callers.current() instanceof Identity.Operator)) {
        throw RpcErrors.permissionDenied("only operators apply a topology");
      }
      if (request.getDocument().contains("king")) {
        throw RpcErrors.invalidArgument(
            List.of(
                FieldViolation.newBuilder()
                    .setField(request.getDocumentName() + ":7:nodes[0].role")
                    .setDescription("(king) must be end-node, repeater or trusted-node")
                    .build()));
      }
      document = request.getDocument();
      answer(
          responses,
          ApplyTopologyResponse.newBuilder().setRevision(7).addKeptSessions("s-1").build());
    }

    @Override
    public void getTopology(
        GetTopologyRequest request, StreamObserver<GetTopologyResponse> responses) {
      if (document.isEmpty()) {
        throw RpcErrors.notFound("topology", "in force");
      }
      answer(
          responses, GetTopologyResponse.newBuilder().setDocument(document).setRevision(7).build());
    }

    @Override
    public void listNodes(ListNodesRequest request, StreamObserver<ListNodesResponse> responses) {
      answer(
          responses,
          ListNodesResponse.newBuilder()
              .addNodes(
                  NodeStatus.newBuilder()
                      .setNode("west")
                      .setRole("end-node")
                      .setConnected(true)
                      .setAgentVersion("0.1.0")
                      .setInstalledFlows(3)
                      .setQubits(
                          QubitCounts.newBuilder()
                              .setFree(5)
                              .setGenerating(56)
                              .setHolding(2)
                              .setWaiting(1))
                      .setClock(
                          ClockOffset.newBuilder()
                              .setOffsetNanos(400_000)
                              .setUncertaintyNanos(1_960_000))
                      .setKeyEndpoint("127.0.0.1:8443"))
              .addNodes(
                  NodeStatus.newBuilder()
                      .setNode("east")
                      .setRole("end-node")
                      .setClock(
                          ClockOffset.newBuilder()
                              .setOffsetNanos(-300_100_000)
                              .setUncertaintyNanos(1_200_000))
                      .addConditions("not scheduled: its clock is behind"))
              .build());
    }

    @Override
    public void listLinks(ListLinksRequest request, StreamObserver<ListLinksResponse> responses) {
      answer(
          responses,
          ListLinksResponse.newBuilder()
              .addLinks(
                  LinkStatus.newBuilder()
                      .setLink("west-east")
                      .setNodeA("west")
                      .setNodeB("east")
                      .setLengthKm(50)
                      .setMode("bright")
                      .setDeclaredPairsPerSecond(10_706.75)
                      .setDeclaredFidelity(0.93))
              .build());
    }
  }

  private static final class Plans extends PlanServiceImplBase {
    @Override
    public void planRequest(
        PlanRequestRequest request, StreamObserver<PlanRequestResponse> responses) {
      Network network = TopologySource.find(null, "repeater-50km").orElseThrow().network();
      try {
        PlanQuestion question = PlanMessages.read(network, request);
        answer(responses, PlanMessages.answer(PlanningGround.declared(network), question, () -> 0));
      } catch (QuestionMistake e) {
        throw e.asStatus();
      }
    }
  }

  private final class Sessions extends SessionServiceImplBase {
    @Override
    public void openSession(
        OpenSessionRequest request, StreamObserver<OpenSessionResponse> responses) {
      double wanted = request.getSpec().getPairsPerSecond();
      if (wanted > CAPACITY_PAIRS_PER_SECOND) {
        throw RpcErrors.failedPrecondition(
            "west-east has 1000 pairs/s free",
            CounterOffer.newBuilder()
                .setMissing("pairs")
                .setPairsPerSecond(999.99999)
                .setMinFidelity(request.getSpec().getMinFidelity())
                .build());
      }
      if (request.getRequestId().equals("broken")) {
        throw new IllegalStateException("the disk is full");
      }
      Session session =
          Session.newBuilder()
              .setSessionId("s-1")
              .setTenant("acme")
              .setSpec(request.getSpec())
              .setState(SessionState.SESSION_STATE_PENDING)
              .setPromisedPairsPerSecond(wanted)
              .build();
      sessions.put(session.getSessionId(), session);
      answer(responses, OpenSessionResponse.newBuilder().setSession(session).build());
    }

    @Override
    public void getSession(
        GetSessionRequest request, StreamObserver<GetSessionResponse> responses) {
      answer(
          responses,
          GetSessionResponse.newBuilder().setSession(find(request.getSessionId())).build());
    }

    @Override
    public void listSessions(
        ListSessionsRequest request, StreamObserver<ListSessionsResponse> responses) {
      answer(
          responses, ListSessionsResponse.newBuilder().addAllSessions(sessions.values()).build());
    }

    @Override
    public void closeSession(
        CloseSessionRequest request, StreamObserver<CloseSessionResponse> responses) {
      Session closing =
          find(request.getSessionId()).toBuilder()
              .setState(SessionState.SESSION_STATE_CLOSING)
              .build();
      answer(responses, CloseSessionResponse.newBuilder().setSession(closing).build());
    }

    @Override
    public void watchSession(
        WatchSessionRequest request, StreamObserver<WatchSessionResponse> responses) {
      Session session = find(request.getSessionId());
      for (SessionState state :
          List.of(SessionState.SESSION_STATE_PENDING, SessionState.SESSION_STATE_ACTIVE)) {
        responses.onNext(
            WatchSessionResponse.newBuilder()
                .setSession(session.toBuilder().setState(state))
                .build());
      }
      responses.onCompleted();
    }

    private Session find(String id) {
      Session session = sessions.get(id);
      if (session == null) {
        throw RpcErrors.notFound("session", id);
      }
      return session;
    }
  }
}
