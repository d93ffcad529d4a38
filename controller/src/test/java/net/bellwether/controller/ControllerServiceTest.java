package net.bellwether.controller;

import static net.bellwether.controller.ServiceFixture.DOMAIN;
import static net.bellwether.controller.ServiceFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.BadRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import net.bellwether.controller.engine.Documents;
import net.bellwether.controller.tracker.LinkScript;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.v1.ApplyTopologyRequest;
import net.bellwether.v1.CloseSessionRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.CounterOffer;
import net.bellwether.v1.GetSessionRequest;
import net.bellwether.v1.GetTopologyRequest;
import net.bellwether.v1.GetVersionRequest;
import net.bellwether.v1.ListLinksRequest;
import net.bellwether.v1.ListNodesRequest;
import net.bellwether.v1.ListSessionsRequest;
import net.bellwether.v1.ListSessionsResponse;
import net.bellwether.v1.NodeStatus;
import net.bellwether.v1.PlanRequestRequest;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionServiceGrpc;
import net.bellwether.v1.SessionState;
import net.bellwether.v1.VersionServiceGrpc;
import net.bellwether.v1.WatchSessionRequest;
import net.bellwether.v1.WatchSessionResponse;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerServiceTest {
  private static final String CHAIN = Documents.of("chain", "a -4- r -6- b");
  private static final String TWO_WAYS = Documents.of("ways", "a -4- r1 -6- b", "a -8- r2 -8- b");

  @TempDir private Path directory;
  private ServiceFixture world;

  @BeforeEach
  void start() {
    world = new ServiceFixture(directory);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private static StatusRuntimeException failure(Runnable call) {
    StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  private static Status.Code code(Runnable call) {
    return failure(call).getStatus().getCode();
  }

  private void connectAll(String... nodes) {
    for (String node : nodes) {
      world.connect(node);
    }
  }

  @Test
  void sessionBecomesActiveAndIsWatchedUntilItIsClosed() {
    world.apply(CHAIN);
    Session opened = world.open("acme", "r1", "a", "b", 1, 0);
    assertThat(opened.getState()).isEqualTo(SessionState.SESSION_STATE_PENDING);
    assertThat(opened.getStateDetail()).contains("not connected");
    assertThat(opened.getPlan().getTree()).contains("swap at r");
    assertThat(opened.getPromisedPairsPerSecond()).isEqualTo(1);
    Iterator<WatchSessionResponse> watch =
        world
            .sessions("acme")
            .watchSession(
                WatchSessionRequest.newBuilder().setSessionId(opened.getSessionId()).build());
    assertThat(watch.next().getSession().getState()).isEqualTo(SessionState.SESSION_STATE_PENDING);
    connectAll("a", "r", "b");
    List<SessionState> seen = new ArrayList<>();
    boolean closed = false;
    while (watch.hasNext()) {
      SessionState state = watch.next().getSession().getState();
      seen.add(state);
      if (state == SessionState.SESSION_STATE_ACTIVE && !closed) {
        closed = true;
        world
            .sessions("acme")
            .closeSession(
                CloseSessionRequest.newBuilder().setSessionId(opened.getSessionId()).build());
      }
    }
    assertThat(seen).contains(SessionState.SESSION_STATE_ACTIVE);
    assertThat(seen.getLast()).isEqualTo(SessionState.SESSION_STATE_CLOSED);
    assertThat(
            world
                .sessions("acme")
                .listSessions(ListSessionsRequest.getDefaultInstance())
                .getSessionsList())
        .isEmpty();
  }

  @Test
  void killedControllerResumesFromItsStoreUnderAHigherTerm() {
    world.apply(CHAIN);
    connectAll("r", "b");
    ScriptedAgent agent = world.connect("a");
    Session opened = world.open("acme", "r1", "a", "b", 1, 0);
    world.awaitState("acme", opened.getSessionId(), SessionState.SESSION_STATE_ACTIVE);
    long term = agent.received.getLast().getTerm();
    world.stop();
    world.start();
    agent.received.clear();
    connectAll("a", "r", "b");
    await().until(() -> !agent.received.isEmpty());
    assertThat(agent.received.getFirst().hasHello()).isTrue();
    assertThat(agent.received.getFirst().getTerm()).isGreaterThan(term);
    await().until(() -> agent.received.stream().anyMatch(ConnectResponse::hasKeySession));
    assertThat(agent.received).noneMatch(ConnectResponse::hasPrepare);
    assertThat(world.get("acme", opened.getSessionId()).getState())
        .isEqualTo(SessionState.SESSION_STATE_ACTIVE);
    assertThat(world.open("acme", "r1", "a", "b", 1, 0).getSessionId())
        .isEqualTo(opened.getSessionId());
  }

  @Test
  void agentThatWasKilledKeepsItsRulesAndIsLeftAlone() {
    world.apply(CHAIN);
    connectAll("a", "b");
    ScriptedAgent agent = world.connect("r");
    Session opened = world.open("acme", "r1", "a", "b", 1, 0);
    world.awaitState("acme", opened.getSessionId(), SessionState.SESSION_STATE_ACTIVE);
    agent.disconnect();
    await()
        .until(() -> world.get("acme", opened.getSessionId()).getStateDetail().contains("node r"));
    assertThat(world.get("acme", opened.getSessionId()).getState())
        .isEqualTo(SessionState.SESSION_STATE_ACTIVE);
    agent.received.clear();
    world.connect("r");
    await().until(() -> !agent.received.isEmpty());
    await()
        .until(() -> !world.get("acme", opened.getSessionId()).getStateDetail().contains("node r"));
    assertThat(agent.received).noneMatch(ConnectResponse::hasPrepare);
  }

  @Test
  void openingAgainIsTheSameSessionAndAnotherSpecAlreadyExists() {
    world.apply(CHAIN);
    Session first = world.open("acme", "r1", "a", "b", 1, 0);
    assertThat(world.open("acme", "r1", "a", "b", 1, 0).getSessionId())
        .isEqualTo(first.getSessionId());
    assertThat(code(() -> world.open("acme", "r1", "a", "b", 2, 0)))
        .isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(world.open("other", "r1", "a", "b", 1, 0).getSessionId())
        .isNotEqualTo(first.getSessionId());
  }

  @Test
  void thirdSessionOnAFullLinkGetsACounterOfferThatIsThenAccepted() {
    world.apply(CHAIN);
    double all =
        world
            .plans()
            .planRequest(
                PlanRequestRequest.newBuilder()
                    .setFromNode("a")
                    .setToNode("b")
                    .setMinFidelity(0.8)
                    .build())
            .getPairsPerSecond();
    world.open("acme", "r1", "a", "b", all * 0.4, 0.8);
    world.open("acme", "r2", "a", "b", all * 0.4, 0.8);
    StatusRuntimeException refused =
        failure(() -> world.open("acme", "r3", "a", "b", all * 0.4, 0.8));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    CounterOffer offer = RpcErrors.detail(refused, CounterOffer.class).orElseThrow();
    assertThat(offer.getMissing()).isNotEmpty();
    assertThat(offer.getPairsPerSecond()).isPositive().isLessThan(all * 0.4);
    Session accepted =
        world.open("acme", "r4", "a", "b", offer.getPairsPerSecond(), offer.getMinFidelity());
    assertThat(accepted.getPromisedPairsPerSecond()).isEqualTo(offer.getPairsPerSecond());
  }

  @Test
  void impossibleFidelityIsRefusedWithWhatIsReachable() {
    world.apply(CHAIN);
    StatusRuntimeException refused = failure(() -> world.open("acme", "r1", "a", "b", 1, 0.9999));
    CounterOffer offer = RpcErrors.detail(refused, CounterOffer.class).orElseThrow();
    assertThat(offer.getMinFidelity()).isBetween(0.5, 0.9999);
  }

  @Test
  void mistakesNameTheirFields() {
    world.apply(CHAIN);
    BadRequest bad =
        RpcErrors.detail(
                failure(() -> world.open("acme", "r1", "a", "Nowhere", -1, 0.3)), BadRequest.class)
            .orElseThrow();
    assertThat(bad.getFieldViolationsList())
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("spec.to_node", "spec.pairs_per_second", "spec.min_fidelity");
    BadRequest unknown =
        RpcErrors.detail(
                failure(() -> world.open("acme", "r1", "a", "nowhere", 1, 0)), BadRequest.class)
            .orElseThrow();
    assertThat(unknown.getFieldViolations(0).getField()).isEqualTo("spec.to_node");
    BadRequest document =
        RpcErrors.detail(
                failure(() -> world.apply(CHAIN.replace("lengthKm: 4", "lengthKm: -4"))),
                BadRequest.class)
            .orElseThrow();
    assertThat(document.getFieldViolations(0).getField())
        .startsWith("topology.yaml:")
        .contains("lengthKm");
  }

  @Test
  void foreignSessionLooksLikeOneThatNeverWas() {
    world.apply(CHAIN);
    Session session = world.open("acme", "r1", "a", "b", 1, 0);
    StatusRuntimeException foreign = failure(() -> world.get("other", session.getSessionId()));
    StatusRuntimeException missing = failure(() -> world.get("other", "s-99"));
    assertThat(foreign.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(String.valueOf(foreign.getMessage()).replace(session.getSessionId(), "s-99"))
        .isEqualTo(missing.getMessage());
    assertThat(
            code(() ->
                world
                    .sessions("other")
                    .closeSession(
                        CloseSessionRequest.newBuilder()
                            .setSessionId(session.getSessionId())
                            .build())))
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThat(
            world
                .sessions("other")
                .listSessions(ListSessionsRequest.getDefaultInstance())
                .getSessionsList())
        .isEmpty();
    Session seen =
        SessionServiceGrpc.newBlockingStub(world.channel(new Identity.Operator(DOMAIN, "olga")))
            .getSession(GetSessionRequest.newBuilder().setSessionId(session.getSessionId()).build())
            .getSession();
    assertThat(seen.getTenant()).isEqualTo("acme");
  }

  @Test
  void sessionsAreListedPageByPage() {
    world.apply(CHAIN);
    List<String> opened = new ArrayList<>();
    for (String request : List.of("r1", "r2", "r3", "r4", "r5")) {
      opened.add(world.open("acme", request, "a", "b", 1, 0).getSessionId());
    }
    ListSessionsRequest.Builder question = ListSessionsRequest.newBuilder().setPageSize(2);
    List<List<String>> pages = new ArrayList<>();
    do {
      ListSessionsResponse page = world.sessions("acme").listSessions(question.build());
      pages.add(page.getSessionsList().stream().map(Session::getSessionId).toList());
      question.setPageToken(page.getNextPageToken());
    } while (!question.getPageToken().isEmpty());
    assertThat(pages)
        .containsExactly(opened.subList(0, 2), opened.subList(2, 4), opened.subList(4, 5));
    assertThat(
            failure(() ->
                    world.sessions("acme").listSessions(question.setPageToken("next").build()))
                .getMessage())
        .contains("page_token", "(next) must be the next_page_token of an answer");
  }

  @Test
  void everybodyIsKeptToTheirOwnDoor() {
    world.apply(CHAIN);
    Identity node = new Identity.Node(DOMAIN, NodeId.of("a"));
    Identity tenant = new Identity.Sae(DOMAIN, "acme", "app-a");
    Identity operator = new Identity.Operator(DOMAIN, "olga");
    assertThat(
            code(() ->
                net.bellwether.v1.TopologyServiceGrpc.newBlockingStub(world.channel(tenant))
                    .getTopology(GetTopologyRequest.getDefaultInstance())))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(
            code(() ->
                SessionServiceGrpc.newBlockingStub(world.channel(node))
                    .listSessions(ListSessionsRequest.getDefaultInstance())))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(
            code(() ->
                SessionServiceGrpc.newBlockingStub(world.channel(operator))
                    .openSession(request("r1", "a", "b", 1, 0))))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(
            VersionServiceGrpc.newBlockingStub(world.channel(node))
                .getVersion(GetVersionRequest.getDefaultInstance())
                .getProgram())
        .isEqualTo("controller");
    for (Identity caller : List.of(tenant, operator)) {
      ScriptedAgent impostor = new ScriptedAgent("a").connect(world.channel(caller));
      await().until(() -> impostor.end() != null);
      assertThat(Status.fromThrowable(impostor.end()).getCode())
          .isEqualTo(Status.Code.PERMISSION_DENIED);
      impostor.close();
    }
  }

  @Test
  void nodeSpeaksForItselfOnly() {
    ScriptedAgent liar = new ScriptedAgent("a");
    liar.hello = "b";
    liar.connect(world.channel(new Identity.Node(DOMAIN, NodeId.of("a"))));
    await().until(() -> liar.end() != null);
    assertThat(Status.fromThrowable(liar.end()).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    liar.close();
  }

  @Test
  void nodesShowWhereTheyDifferFromTheTopology() {
    world.apply(
        CHAIN.replace("communicationQubits: {count: 320", "communicationQubits: {count: 321"));
    connectAll("a", "x");
    await()
        .untilAsserted(() ->
            assertThat(
                    world
                        .topology()
                        .listNodes(ListNodesRequest.getDefaultInstance())
                        .getNodesList())
                .extracting(NodeStatus::getNode)
                .containsExactly("a", "r", "b", "x"));
    List<NodeStatus> nodes =
        world.topology().listNodes(ListNodesRequest.getDefaultInstance()).getNodesList();
    assertThat(nodes.get(0).getConnected()).isTrue();
    assertThat(nodes.get(0).getDifferencesList())
        .anyMatch(text -> text.contains("321 communication qubits declared, 320 reported"))
        .anyMatch(text -> text.contains("link a-r is declared"));
    assertThat(nodes.get(1).getDifferencesList()).containsExactly("its agent has never connected");
    assertThat(nodes.get(3).getDifferencesList())
        .containsExactly("connected, but not a node of the topology");
  }

  @Test
  void topologyChangeUnderALiveSessionIsRefusedUnlessItMayReplan() {
    world.apply(TWO_WAYS);
    connectAll("a", "r1", "r2", "b");
    Session opened = world.open("acme", "r1", "a", "b", 1, 0.8);
    world.awaitState("acme", opened.getSessionId(), SessionState.SESSION_STATE_ACTIVE);
    String changed = Documents.of("ways", "a -4- r1", "a -8- r2 -8- b");
    StatusRuntimeException refused = failure(() -> world.apply(changed));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refused).hasMessageContaining(opened.getSessionId());
    ApplyTopologyRequest dryRun =
        ApplyTopologyRequest.newBuilder()
            .setDocument(changed)
            .setReplan(true)
            .setDryRun(true)
            .build();
    assertThat(world.topology().applyTopology(dryRun).getReplannedSessionsList())
        .containsExactly(opened.getSessionId());
    assertThat(world.topology().getTopology(GetTopologyRequest.getDefaultInstance()).getDocument())
        .isEqualTo(TWO_WAYS);
    world.topology().applyTopology(dryRun.toBuilder().setDryRun(false).build());
    await().until(() -> world.get("acme", opened.getSessionId()).getGeneration() == 2);
    assertThat(world.get("acme", opened.getSessionId()).getPlan().getTree()).contains("r2");
  }

  @Test
  void degradedLinkMovesASessionToAnotherPathBeforeTheOldOneEnds() {
    world.apply(TWO_WAYS);
    connectAll("a", "r1", "r2", "b");
    Session opened = world.open("acme", "r1", "a", "b", 1, 0.93);
    Session active =
        world.awaitState("acme", opened.getSessionId(), SessionState.SESSION_STATE_ACTIVE);
    String first = active.getPlan().getTree().contains("r1") ? "r1" : "r2";
    String link = "a-" + first;
    LinkScript script =
        new LinkScript(
            NetworkView.declared(Documents.topology(TWO_WAYS).network()).linkModes().stream()
                .filter(mode -> mode.link().value().equals(link))
                .findFirst()
                .orElseThrow(),
            0.001,
            7);
    ScriptedAgent a = world.agent("a");
    ScriptedAgent relay = world.agent(first);
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          ScriptedAgent.reportLink(a, relay, script, BellDiagonal.werner(0.85), 1);
          return world.get("acme", opened.getSessionId()).getGeneration() == 2;
        });
    Session moved = world.get("acme", opened.getSessionId());
    assertThat(moved.getPlan().getTree()).doesNotContain(first + "\n").contains("r");
    assertThat(moved.getState()).isEqualTo(SessionState.SESSION_STATE_ACTIVE);
    assertThat(world.topology().listLinks(ListLinksRequest.getDefaultInstance()).getLinksList())
        .filteredOn(status -> status.getLink().equals(link))
        .allMatch(status -> status.getDegraded() && status.getTestPairCount() > 100);
    await().until(() -> a.generations(opened.getSessionId()).equals(List.of(2L)));
  }

  @Test
  void planningIsADryRunOnWhatOthersLeave() {
    assertThat(
            code(() ->
                world
                    .plans()
                    .planRequest(PlanRequestRequest.newBuilder().setFromNode("a").build())))
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
    world.apply(CHAIN);
    PlanRequestRequest question =
        PlanRequestRequest.newBuilder().setFromNode("a").setToNode("b").setMinFidelity(0.8).build();
    double empty = world.plans().planRequest(question).getPairsPerSecond();
    world.open("acme", "r1", "a", "b", empty / 2, 0.8);
    assertThat(world.plans().planRequest(question).getPairsPerSecond()).isLessThan(0.7 * empty);
    assertThat(
            world
                .plans()
                .planRequest(question.toBuilder().setEmptyNetwork(true).build())
                .getPairsPerSecond())
        .isEqualTo(empty);
    assertThat(
            world
                .plans()
                .planRequest(question.toBuilder().setMinFidelity(0.9999).build())
                .getStatus())
        .isEqualTo("rejected");
    assertThat(
            code(
                () -> world.plans().planRequest(question.toBuilder().setToNode("nowhere").build())))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void helloWithAnEndpointThatNobodyCouldReachIsRefusedByField() {
    ScriptedAgent agent = new ScriptedAgent("a");
    agent.endpoint = "x".repeat(2_000_000) + ":1";
    agent.connect(world.channel(new Identity.Node(DOMAIN, NodeId.of("a"))));
    await().until(() -> agent.end() != null);
    assertThat(Status.fromThrowable(agent.end()).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(Status.fromThrowable(agent.end()).getDescription())
        .contains("hello.peer_endpoint")
        .contains("must be HOST:PORT");
    agent.close();
  }

  @Test
  void topologyWithHundredsOfMistakesIsRefusedWithTheFirstOnes() {
    StringBuilder wrong = new StringBuilder(Documents.of("wrong", "a -4- b"));
    for (int i = 0; i < 500; i++) {
      wrong.append("nonsense").append(i).append(": 1\n");
    }
    StatusRuntimeException refused = failure(() -> world.apply(wrong.toString()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refused.getStatus().getDescription()).contains("nonsense0").contains(" more");
  }
}
