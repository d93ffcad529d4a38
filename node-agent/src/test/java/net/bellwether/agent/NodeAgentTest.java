package net.bellwether.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.stub.StreamObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.bellwether.agent.device.ScriptedEmulator;
import net.bellwether.agent.herald.ScriptedHeralds;
import net.bellwether.agent.stream.Pki;
import net.bellwether.agent.stream.ScriptedServer;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.OutcomeFrame;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.ActivateGeneration;
import net.bellwether.v1.AttachRequest;
import net.bellwether.v1.AttachResponse;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.ControllerHello;
import net.bellwether.v1.DeviceCommand;
import net.bellwether.v1.DeviceOutcome;
import net.bellwether.v1.FlowCounters;
import net.bellwether.v1.NodeControlServiceGrpc.NodeControlServiceImplBase;
import net.bellwether.v1.OutcomeBatch;
import net.bellwether.v1.PeerEndpoint;
import net.bellwether.v1.PrepareRuleSet;
import net.bellwether.v1.TelemetryReport;
import net.bellwether.v1.TestOutcomes;
import net.bellwether.wire.TlsFiles;
import net.bellwether.wire.Vocabulary;
import net.bellwether.wire.herald.HeraldRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One agent over real TLS between a scripted controller and a scripted emulator.
class NodeAgentTest {
  private static final String FLOW = "test-ab-m";

  private final ByteBuf bytes = Unpooled.buffer();
  private final HeraldRecords records = new HeraldRecords();

  @TempDir private Path directory;
  private Pki pki;
  private ScriptedServer<AttachRequest, AttachResponse> emulator;
  private ScriptedHeralds heralds;
  private ScriptedServer<ConnectRequest, ConnectResponse> controller;

  @BeforeEach
  void startSurroundings() {
    pki = new Pki(directory);
    emulator = ScriptedEmulator.start(0, pki.emulator());
    heralds = new ScriptedHeralds(pki.emulator());
    controller = controller(0);
  }

  @AfterEach
  void stopSurroundings() {
    emulator.close();
    heralds.close();
    controller.close();
  }

  private ScriptedServer<ConnectRequest, ConnectResponse> controller(int port) {
    return new ScriptedServer<>(
        port,
        pki.controller(),
        connect ->
            new NodeControlServiceImplBase() {
              @Override
              public StreamObserver<ConnectRequest> connect(
                  StreamObserver<ConnectResponse> responses) {
                return connect.apply(responses);
              }
            });
  }

  private NodeAgent agent() {
    TlsFiles tls = pki.node("b");
    return NodeAgent.start(
        new AgentConfig(
            NodeId.of("b"),
            directory.resolve("state"),
            tls,
            controller.endpoint(),
            emulator.endpoint(),
            false,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.empty(),
            Optional.empty(),
            "127.0.0.1"));
  }

  private static ConnectResponse.Builder order(long term) {
    return ConnectResponse.newBuilder().setTerm(term);
  }

  private static PrepareRuleSet linkTest() {
    RuleSet ruleSet =
        new RuleSet(
            FlowId.of(FLOW),
            1,
            NodeId.of("b"),
            new Rounds(0, 1_000_000_000L, 1_000_000_000L, 5),
            List.of(
                new Rule.Attempt(0, LinkId.of("ab"), "m", 4, NodeId.of("a")),
                new Rule.Measure(0, new BasisPolicy.BySequence()),
                new Rule.Deliver(0, NodeId.of("a"), Rule.Consumer.LINK_TEST)),
            Map.of(NodeId.of("a"), 1_000L));
    return PrepareRuleSet.newBuilder()
        .setRuleSet(Vocabulary.toProto(ruleSet))
        .addPeers(PeerEndpoint.newBuilder().setNode("a").setEndpoint("127.0.0.1:1"))
        .build();
  }

  private void attachDevice() throws InterruptedException {
    emulator.awaitStream();
    assertThat(emulator.awaitRequest().getHello().getNode()).isEqualTo("b");
    bindHeralds(100);
  }

  private void bindHeralds(long frame) throws InterruptedException {
    emulator.answer(ScriptedEmulator.inventory(frame, heralds));
    heralds.awaitHello();
    complete(frame);
  }

  private void complete(long frame) {
    records.writeCompletion(bytes, NetworkTime.startOfFrame(frame), 3);
    heralds.send(bytes);
  }

  private void leadIn(long term) throws InterruptedException {
    controller.awaitStream();
    controller.awaitRequest(ConnectRequest::hasHello);
    controller.answer(order(term).setHello(ControllerHello.getDefaultInstance()).build());
  }

  private void installLinkTest() throws InterruptedException {
    controller.answer(order(3).setPrepare(linkTest()).build());
    ConnectRequest result = controller.awaitRequest(ConnectRequest::hasPrepareResult);
    assertThat(result.getPrepareResult().getAccepted()).isTrue();
    controller.answer(
        order(3)
            .setActivate(
                ActivateGeneration.newBuilder().setFlow(FLOW).setGeneration(1).setFrame(101))
            .build());
  }

  private static boolean asksForPairs(AttachRequest request) {
    return request.hasSchedule() && request.getSchedule().getRequestsCount() == 1;
  }

  @Test
  void helloTellsWhatTheNodeIsAndWhereItListens() throws Exception {
    try (NodeAgent agent = agent()) {
      attachDevice();
      controller.awaitStream();
      var hello = controller.awaitRequest().getHello();
      assertThat(hello.getNode()).isEqualTo("b");
      assertThat(hello.getInventory().getLinksList()).containsExactly("ab");
      assertThat(hello.getInventory().getDriver()).isEqualTo("emulated");
      assertThat(hello.getPeerEndpoint()).isEqualTo(agent.peerEndpoint());
      assertThat(hello.getKeyEndpoint()).isEmpty();
      assertThat(controller.awaitRequest().hasInstalled()).isTrue();
    }
  }

  @Test
  void linkTestGoesFromTheOrderToTheReport() throws Exception {
    try (NodeAgent agent = agent()) {
      assertThat(agent.node()).isEqualTo(NodeId.of("b"));
      attachDevice();
      leadIn(3);
      installLinkTest();
      int slot =
          emulator.awaitRequest(NodeAgentTest::asksForPairs).getSchedule().getRequests(0).getSlot();
      complete(101);
      records.writeHerald(bytes, 0, 0, slot, 1, 2, 6, new NetworkTime(101, 250_000_000), 3);
      complete(102);
      DeviceCommand command =
          emulator.awaitRequest(AttachRequest::hasCommands).getCommands().getCommands(0);
      assertThat(command.getMeasure().getPair().getSequence()).isEqualTo(6);
      emulator.answer(
          AttachResponse.newBuilder()
              .setOutcomes(
                  OutcomeBatch.newBuilder()
                      .addOutcomes(
                          DeviceOutcome.newBuilder()
                              .setTag(command.getTag())
                              .setDone(true)
                              .setOutcome(false)))
              .build());
      TelemetryReport report =
          controller
              .awaitRequest(
                  request -> request.hasTelemetry() && request.getTelemetry().getTestsCount() == 1)
              .getTelemetry();
      TestOutcomes tests = report.getTests(0);
      OutcomeFrame.Cursor outcomes = OutcomeFrame.parse(tests.getOutcomes().toByteArray()).cursor();
      assertThat(outcomes.next()).isTrue();
      assertThat(outcomes.sequence()).isEqualTo(6);
      // The greater end corrects the announced bit flip.
      assertThat(outcomes.bit()).isEqualTo(1);
      assertThat(outcomes.next()).isFalse();
      assertThat(tests.getEpoch()).isEqualTo(3);
    }
  }

  /// Its hardware holds a qubit for a pair that the agent will never hear of.
  @Test
  void thePairOfALostHeraldIsReleased() throws Exception {
    try (NodeAgent agent = agent()) {
      assertThat(agent.node()).isEqualTo(NodeId.of("b"));
      attachDevice();
      records.writeTally(bytes, 0, 6, NetworkTime.startOfFrame(101), 3);
      records.writeTally(bytes, 0, 7, NetworkTime.startOfFrame(102), 3);
      complete(102);
      DeviceCommand command =
          emulator.awaitRequest(AttachRequest::hasCommands).getCommands().getCommands(0);
      assertThat(command.getRelease().getPair().getSequence()).isEqualTo(6);
    }
  }

  @Test
  void reportsCountHeraldsAttemptsAndFrames() throws Exception {
    try (NodeAgent agent = agent()) {
      assertThat(agent.node()).isEqualTo(NodeId.of("b"));
      attachDevice();
      leadIn(3);
      installLinkTest();
      emulator.awaitRequest(NodeAgentTest::asksForPairs);
      complete(101);
      complete(103);
      FlowCounters counters =
          controller
              .awaitRequest(
                  request -> request.hasTelemetry() && request.getTelemetry().getFlowsCount() > 0)
              .getTelemetry()
              .getFlows(0);
      assertThat(counters.getLink()).isEqualTo("ab");
      assertThat(counters.getFrameCount()).isEqualTo(2);
      // Two frames of five rounds of four modes with (1000 - 50) / 100 attempts.
      assertThat(counters.getAttemptCount()).isEqualTo(2 * 5 * 4 * 9);
    }
  }

  @Test
  void restartedAgentGoesOnWithoutAController() throws Exception {
    try (NodeAgent agent = agent()) {
      assertThat(agent.node()).isEqualTo(NodeId.of("b"));
      attachDevice();
      leadIn(3);
      installLinkTest();
      emulator.awaitRequest(NodeAgentTest::asksForPairs);
    }
    controller.close();
    try (NodeAgent agent = agent()) {
      assertThat(agent.node()).isEqualTo(NodeId.of("b"));
      emulator.awaitStream();
      emulator.awaitRequest(AttachRequest::hasHello);
      bindHeralds(200);
      assertThat(
              emulator
                  .awaitRequest(NodeAgentTest::asksForPairs)
                  .getSchedule()
                  .getRequests(0)
                  .getFromFrame())
          .isEqualTo(101);
    }
  }

  @Test
  void controllerOfALowerTermIsLeft() throws Exception {
    try (NodeAgent agent = agent()) {
      assertThat(agent.node()).isEqualTo(NodeId.of("b"));
      attachDevice();
      leadIn(3);
      controller.breakStream();
      leadIn(2);
      // It leaves and comes again, until somebody leads in its term or a higher one.
      leadIn(4);
      controller.answer(order(4).setPrepare(linkTest()).build());
      assertThat(
              controller
                  .awaitRequest(ConnectRequest::hasPrepareResult)
                  .getPrepareResult()
                  .getAccepted())
          .isTrue();
    }
  }

  @Test
  void stateDirectoryBelongsToOneAgent() {
    try (NodeAgent agent = agent()) {
      assertThat(agent.node()).isEqualTo(NodeId.of("b"));
      assertThatThrownBy(this::agent).hasMessageContaining("is in use by another agent");
    }
  }
}
