package net.bellwether.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.bellwether.agent.engine.AttemptRequest;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.Effects;
import net.bellwether.agent.engine.PairMessage;
import net.bellwether.agent.engine.RuleEngine;
import net.bellwether.agent.engine.TestOutcome;
import net.bellwether.agent.kept.KeptEvent;
import net.bellwether.agent.ledger.LedgerStore;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.BasisPolicy;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.rules.Rule;
import net.bellwether.topology.rules.RuleSet;
import net.bellwether.v1.ActivateGeneration;
import net.bellwether.v1.ConnectRequest;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.KeySession;
import net.bellwether.v1.PeerEndpoint;
import net.bellwether.v1.PrepareRuleSet;
import net.bellwether.v1.RemoveFlow;
import net.bellwether.wire.Vocabulary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlDeskTest {
  private static final NodeId A = NodeId.of("a");

  @TempDir private Path directory;
  private final Map<NodeId, String> peers = new LinkedHashMap<>();
  private final List<KeySession> sessions = new ArrayList<>();
  private RuleEngine engine;
  private StandingOrders orders;
  private ControlDesk desk;

  @BeforeEach
  void restart() {
    engine = new RuleEngine(A, 1, new SplittableRandom(1), new NoEffects());
    orders = StandingOrders.open(directory, 100);
    desk = new ControlDesk(A, engine, orders, peers::put, sessions::add);
    desk.resume();
  }

  /// Nothing is attached here.
  private static final class NoEffects implements Effects {
    @Override
    public void command(DeviceCommand command) {}

    @Override
    public void send(NodeId peer, PairMessage message) {}

    @Override
    public void deliver(DeliveredPair pair) {}

    @Override
    public void tell(KeptEvent event) {}

    @Override
    public void report(TestOutcome outcome) {}

    @Override
    public void schedule(List<AttemptRequest> requests) {}

    @Override
    public void forget(FlowId flow, long generation) {}
  }

  static PrepareRuleSet prepare(String node, long generation) {
    RuleSet ruleSet =
        new RuleSet(
            FlowId.of("test-ab-m"),
            generation,
            NodeId.of(node),
            new Rounds(0, 1_000_000_000L, 1_000_000_000L, 5),
            List.of(
                new Rule.Attempt(0, LinkId.of("ab"), "m", 4, NodeId.of("b")),
                new Rule.Measure(0, new BasisPolicy.BySequence()),
                new Rule.Deliver(0, NodeId.of("b"), Rule.Consumer.LINK_TEST)),
            Map.of(NodeId.of("b"), 1_000L));
    return PrepareRuleSet.newBuilder()
        .setRuleSet(Vocabulary.toProto(ruleSet))
        .addPeers(PeerEndpoint.newBuilder().setNode("b").setEndpoint("127.0.0.1:1"))
        .build();
  }

  private static ConnectResponse.Builder order(long term) {
    return ConnectResponse.newBuilder().setTerm(term);
  }

  private static ConnectResponse activate(long generation) {
    return order(1)
        .setActivate(
            ActivateGeneration.newBuilder()
                .setFlow("test-ab-m")
                .setGeneration(generation)
                .setFrame(9))
        .build();
  }

  private boolean prepared() {
    desk.handle(order(1).setPrepare(prepare("a", 1)).build());
    ConnectRequest answer = desk.commit().getFirst();
    return answer.getPrepareResult().getAccepted();
  }

  @Test
  void preparedAndActivatedRulesRunAgainAfterARestart() {
    assertThat(prepared()).isTrue();
    desk.handle(activate(1));
    desk.commit();
    restart();
    assertThat(engine.requests()).singleElement().matches(request -> request.fromFrame() == 9);
    assertThat(peers).containsEntry(NodeId.of("b"), "127.0.0.1:1");
  }

  @Test
  void lowerTermIsRefusedAlsoAfterARestart() {
    desk.handle(order(5).build());
    desk.commit();
    restart();
    assertThat(desk.handle(order(4).setPrepare(prepare("a", 1)).build()))
        .isEqualTo(ControlDesk.Verdict.STALE_TERM);
    assertThat(desk.commit()).isEmpty();
    assertThat(engine.installed()).isEmpty();
  }

  @Test
  void nothingIsAnsweredThatIsNotDurable() throws IOException {
    Path blocked = directory.resolve("orders.new");
    Files.createDirectory(blocked);
    desk.handle(order(1).setPrepare(prepare("a", 1)).build());
    assertThatThrownBy(desk::commit).isInstanceOf(UncheckedIOException.class);
    Files.delete(blocked);
    assertThat(desk.commit()).isEmpty();
    restart();
    assertThat(engine.installed()).hasSize(1);
  }

  @Test
  void ruleSetForALinkTheDeviceLacksIsRefused() {
    desk.attached(List.of(LinkId.of("xy")), 8);
    desk.handle(order(1).setPrepare(prepare("a", 1)).build());
    assertThat(desk.commit().getFirst().getPrepareResult().getReason())
        .contains("link (ab) must be one of the device's");
  }

  @Test
  void ruleSetForMoreQubitsThanTheDeviceHasIsRefused() {
    desk.attached(List.of(LinkId.of("ab")), 3);
    desk.handle(order(1).setPrepare(prepare("a", 1)).build());
    assertThat(desk.commit().getFirst().getPrepareResult().getReason())
        .contains("(4) must be at most the device's 3 communication qubits");
  }

  @Test
  void ruleSetOfAnotherNodeIsRefusedAndNotRecorded() {
    desk.handle(order(1).setPrepare(prepare("b", 1)).build());
    assertThat(desk.commit().getFirst().getPrepareResult().getAccepted()).isFalse();
    restart();
    assertThat(engine.installed()).isEmpty();
  }

  @Test
  void malformedRuleSetIsRefusedWithItsReason() {
    desk.handle(order(1).setPrepare(PrepareRuleSet.getDefaultInstance()).build());
    assertThat(desk.commit().getFirst().getPrepareResult().getReason()).isNotEmpty();
  }

  @Test
  void activatingWhatIsNotPreparedIsAnsweredWithWhatIs() {
    desk.handle(activate(3));
    assertThat(desk.commit().getFirst().hasInstalled()).isTrue();
  }

  @Test
  void removeIsAnsweredWithWhatIsLeft() {
    assertThat(prepared()).isTrue();
    desk.handle(
        order(1)
            .setRemove(RemoveFlow.newBuilder().setFlow("test-ab-m").setUpToGeneration(1))
            .build());
    assertThat(desk.commit().getFirst().getInstalled().getFlowsCount()).isZero();
    restart();
    assertThat(engine.installed()).isEmpty();
  }

  @Test
  void repeatedPrepareTeachesNewEndpoints() {
    assertThat(prepared()).isTrue();
    desk.handle(
        order(1)
            .setPrepare(
                prepare("a", 1).toBuilder()
                    .setPeers(0, PeerEndpoint.newBuilder().setNode("b").setEndpoint("127.0.0.1:2")))
            .build());
    assertThat(desk.commit().getFirst().getPrepareResult().getAccepted()).isTrue();
    assertThat(peers).containsEntry(NodeId.of("b"), "127.0.0.1:2");
  }

  @Test
  void keySessionGoesToTheKeyManager() {
    desk.handle(order(1).setKeySession(KeySession.newBuilder().setSessionId("s")).build());
    assertThat(sessions).singleElement().matches(session -> session.getSessionId().equals("s"));
  }

  /// Otherwise the controller would believe that the session is known here.
  @Test
  void aKeySessionThatTheLedgerDoesNotTakeIsNotObeyed() {
    LedgerStore ledger = LedgerStore.open(directory);
    ledger.close();
    ControlDesk failing =
        new ControlDesk(
            A,
            engine,
            orders,
            peers::put,
            session -> ledger.putSession(session.getSessionId(), session.toByteArray()));
    ConnectResponse told =
        order(1).setKeySession(KeySession.newBuilder().setSessionId("s-1")).build();
    assertThat(failing.handle(told)).isEqualTo(ControlDesk.Verdict.NOT_RECORDED);
    assertThat(desk.handle(told)).isEqualTo(ControlDesk.Verdict.OBEYED);
  }
}
