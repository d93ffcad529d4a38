package net.bellwether.controller.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bellwether.controller.intent.Opening;
import net.bellwether.controller.reconcile.Order;
import net.bellwether.controller.state.AgentStatus.Held;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Session;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import org.junit.jupiter.api.Test;

class SessionLifeTest {
  private static final String CHAIN = Documents.of("chain", "a -4- r -6- b");

  private static World chain() {
    World world = new World("a", "r", "b").connectAll();
    world.apply(CHAIN, false);
    return world;
  }

  @Test
  void linkTestsOfEveryLinkAreActivatedOnceBothEndsHaveThem() {
    World world = chain().pass(2);
    FlowId test = FlowId.of("test-a-r-only");
    assertThat(world.agent("a").holdsFlow(test)).isTrue();
    assertThat(world.agent("r").holds.values()).allMatch(frame -> frame > World.EPOCH_FRAMES);
    assertThat(world.agent("b").holdsFlow(test)).isFalse();
  }

  @Test
  void admittedSessionIsActiveOnceEveryNodeRunsItsRules() {
    World world = chain();
    Session opened = world.opened("r1", "a", "b", 1, 0);
    assertThat(opened.phase()).isEqualTo(Phase.PENDING);
    world.pass(2);
    assertThat(world.session(opened.id()).phase()).isEqualTo(Phase.ACTIVE);
    for (String node : List.of("a", "r", "b")) {
      assertThat(world.agent(node).holdsFlow(opened.id())).isTrue();
    }
  }

  @Test
  void noNodeIsActivatedBeforeAllHaveAccepted() {
    World world = new World("a", "r", "b");
    world.apply(CHAIN, false);
    world.agent("a").connect();
    world.agent("b").connect();
    Session session = world.opened("r1", "a", "b", 1, 0);
    world.pass(20);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.PENDING);
    assertThat(world.agent("a").holds.values()).allMatch(frame -> frame == 0);
    world.agent("r").connect();
    world.pass(2);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
  }

  @Test
  void everyNodeIsToldTheSameActivationFrameAheadOfItsClock() {
    World world = chain();
    long before = world.now().frame();
    Session session = world.opened("r1", "a", "b", 1, 0);
    world.pass(1);
    List<Long> frames =
        world.agents.values().stream()
            .flatMap(agent -> agent.orders.stream())
            .filter(Order.Activate.class::isInstance)
            .map(Order.Activate.class::cast)
            .filter(activate -> activate.flow().equals(session.id()))
            .map(Order.Activate::frame)
            .toList();
    assertThat(frames).hasSize(3).allMatch(frame -> frame > before && frame <= before + 10);
    assertThat(frames.stream().distinct()).hasSize(1);
  }

  @Test
  void sameRequestOpensTheSameSessionAndAnotherSpecIsRefused() {
    World world = chain();
    Session first = world.opened("r1", "a", "b", 1, 0);
    assertThat(world.open("r1", "a", "b", 1, 0))
        .isInstanceOfSatisfying(
            Opening.Repeated.class,
            again -> assertThat(again.session().id()).isEqualTo(first.id()));
    assertThat(world.open("r1", "a", "b", 2, 0)).isInstanceOf(Opening.Reused.class);
    assertThat(world.core.state().sessions()).hasSize(1);
  }

  @Test
  void refusedSessionIsOfferedARateThatIsThenAdmitted() {
    World world = chain();
    assertThat(world.open("r1", "a", "b", 1e9, 0.8))
        .isInstanceOfSatisfying(
            Opening.Refused.class,
            refused -> {
              assertThat(refused.missing()).isNotEmpty();
              assertThat(refused.offeredPairsPerSecond()).isPositive();
              world.opened(
                  "r2", "a", "b", refused.offeredPairsPerSecond(), refused.offeredMinFidelity());
            });
  }

  @Test
  void impossibleFidelityIsRefusedWithTheFloorThatWouldBeMet() {
    World world = chain();
    assertThat(world.open("r1", "a", "b", 1, 0.9999))
        .isInstanceOfSatisfying(
            Opening.Refused.class,
            refused -> {
              assertThat(refused.offeredMinFidelity()).isBetween(0.5, 0.9999);
              world.opened(
                  "r2", "a", "b", refused.offeredPairsPerSecond(), refused.offeredMinFidelity());
            });
  }

  @Test
  void sessionsShareALinkUntilItIsFullAndThenTheOfferIsWhatIsLeft() {
    World world = chain();
    double all = world.opened("probe", "a", "b", 0, 0.8).promisedPairsPerSecond();
    world.close(FlowId.of("s-1"));
    world.pass(5);
    assertThat(world.session(FlowId.of("s-1")).phase()).isEqualTo(Phase.CLOSED);
    world.opened("r1", "a", "b", all * 0.4, 0.8);
    world.opened("r2", "a", "b", all * 0.4, 0.8);
    Opening third = world.open("r3", "a", "b", all * 0.4, 0.8);
    assertThat(third)
        .isInstanceOfSatisfying(
            Opening.Refused.class,
            refused -> {
              assertThat(refused.offeredPairsPerSecond()).isBetween(all * 0.01, all * 0.4);
              world.opened("r4", "a", "b", refused.offeredPairsPerSecond(), 0.8);
            });
  }

  @Test
  void unknownEndNamesTheField() {
    World world = chain();
    assertThat(world.open("r1", "a", "nowhere", 1, 0))
        .isInstanceOfSatisfying(
            Opening.Invalid.class,
            invalid -> assertThat(invalid.field()).isEqualTo("spec.to_node"));
    assertThat(world.open("r1", "a", "r", 1, 0)).isInstanceOf(Opening.Invalid.class);
  }

  @Test
  void bothEndsLearnTheKeySessionAndTheLowerNameLeads() {
    World world = chain();
    Session session = world.opened("r1", "a", "b", 1, 0);
    assertThat(world.agent("a").keys()).hasSize(1);
    Order.Keys atA = world.agent("a").keys().getFirst();
    Order.Keys atB = world.agent("b").keys().getFirst();
    assertThat(atA.leads()).isTrue();
    assertThat(atB.leads()).isFalse();
    assertThat(atA.peerNode()).isEqualTo(NodeId.of("b"));
    assertThat(atA.peerEndpoint()).isEqualTo("b:7001");
    assertThat(atA.localSae()).isEqualTo("app-a");
    assertThat(atB.localSae()).isEqualTo("app-b");
    assertThat(atA.blockKeyBits()).isPositive().isEqualTo(atB.blockKeyBits());
    assertThat(world.agent("r").keys()).isEmpty();
    assertThat(atA.session()).isEqualTo(session.id());
  }

  @Test
  void closedSessionIsGoneFromEveryNodeAndItsKeySessionIsClosedFirst() {
    World world = chain();
    Session session = world.opened("r1", "a", "b", 1, 0);
    world.pass(2);
    world.close(session.id());
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.CLOSED);
    for (World.FakeAgent agent : world.agents.values()) {
      assertThat(agent.holdsFlow(session.id())).isFalse();
    }
    List<Order> orders = world.agent("a").orders;
    int closed = orders.indexOf(world.agent("a").keys().getLast());
    int removed = orders.indexOf(new Order.Remove(session.id(), 1));
    assertThat(world.agent("a").keys().getLast().closed()).isTrue();
    assertThat(closed).isLessThan(removed);
  }

  /// The stream on which it was told may have broken before it heard.
  @Test
  void aNodeThatConnectsAnewIsToldAgainThatAKeySessionIsClosed() {
    World world = chain();
    Session session = world.opened("r1", "a", "b", 1, 0);
    world.pass(2);
    world.close(session.id());
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.CLOSED);
    World.FakeAgent agent = world.agent("a");
    agent.disconnect();
    agent.orders.clear();
    agent.connect();
    world.pass(1);
    assertThat(agent.keys()).singleElement().satisfies(keys -> assertThat(keys.closed()).isTrue());
  }

  @Test
  void closingWaitsForANodeThatIsAway() {
    World world = chain();
    Session session = world.opened("r1", "a", "b", 1, 0);
    world.pass(2);
    world.agent("r").disconnect();
    world.close(session.id());
    world.pass(10);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.CLOSING);
    world.agent("r").connect();
    world.pass(1);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.CLOSED);
  }

  @Test
  void sessionThatNoAgentEverHeardOfClosesAtOnce() {
    World world = new World("a", "r", "b");
    world.apply(CHAIN, false);
    Session session = world.opened("r1", "a", "b", 1, 0);
    world.close(session.id());
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.CLOSED);
  }

  @Test
  void restartedControllerResumesAndTellsAgentsNothingTheyHave() {
    World world = chain();
    Session session = world.opened("r1", "a", "b", 1, 0);
    world.pass(10);
    world.restartController();
    world.pass(10);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
    for (World.FakeAgent agent : world.agents.values()) {
      assertThat(agent.orders).allMatch(Order.Keys.class::isInstance);
    }
  }

  @Test
  void agentThatLostItsRulesGetsTheSameOnesAgain() {
    World world = chain();
    Session session = world.opened("r1", "a", "b", 1, 0);
    world.pass(5);
    var agent = world.agent("r");
    var before = List.copyOf(agent.holds.entrySet());
    agent.disconnect();
    agent.holds.clear();
    agent.connect();
    world.pass(1);
    assertThat(List.copyOf(agent.holds.entrySet())).isEqualTo(before);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
  }

  @Test
  void controllerThatDiedBetweenPreparationAndActivationGoesOn() {
    World world = new World("a", "r", "b");
    world.apply(CHAIN, false);
    world.agent("a").connect();
    world.agent("b").connect();
    Session session = world.opened("r1", "a", "b", 1, 0);
    world.restartController();
    world.agent("r").connect();
    world.pass(3);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
    assertThat(world.agent("a").generations(session.id())).containsExactly(1L);
  }

  @Test
  void flowsNobodyWantsAreRemovedFromAnAgent() {
    World world = chain().pass(2);
    var agent = world.agent("a");
    agent.disconnect();
    agent.holds.put(
        new net.bellwether.controller.state.AgentStatus.Held(FlowId.of("s-99"), 3), 17L);
    agent.connect();
    assertThat(agent.holdsFlow(FlowId.of("s-99"))).isFalse();
  }

  @Test
  void agentThatMovedIsMadeKnownToItsPeers() {
    World world = chain();
    world.opened("r1", "a", "b", 1, 0);
    world.pass(2);
    world.agent("b").disconnect();
    world.agent("b").endpoint = "b:7999";
    world.agent("a").orders.clear();
    world.agent("b").connect();
    world.pass(20);
    assertThat(world.agent("a").keys()).hasSize(1);
    assertThat(world.agent("a").keys().getFirst().peerEndpoint()).isEqualTo("b:7999");
    assertThat(world.agent("a").orders)
        .filteredOn(Order.Prepare.class::isInstance)
        .hasSize(1)
        .allSatisfy(order ->
            assertThat(((Order.Prepare) order).endpoints())
                .containsEntry(NodeId.of("b"), "b:7999"));
  }

  @Test
  void refusingAgentIsAskedAgainAndTheSessionSaysWhy() {
    World world = chain();
    world.agent("r").refuses = "no free qubit";
    Session session = world.opened("r1", "a", "b", 1, 0);
    world.pass(3);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.PENDING);
    assertThat(world.core.snapshot(world.millis).agents().get(NodeId.of("r")))
        .satisfies(agent -> assertThat(agent).isNotNull());
    world.agent("r").refuses = "";
    world.pass(10);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
  }

  @Test
  void decisionThatCannotBeStoredIsNotMade() {
    World world = chain();
    world.journal.fails = true;
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(() -> world.open("r1", "a", "b", 1, 0)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(world.core.state().sessions()).isEmpty();
    world.journal.fails = false;
    world.core.reload();
    assertThat(world.opened("r1", "a", "b", 1, 0).id()).isEqualTo(FlowId.of("s-1"));
  }

  @Test
  void refusalOfWhatWasNeverOrderedIsNotRemembered() {
    World world = chain();
    Held stranger = new Held(FlowId.of("s-99"), 1);
    world.core.handle(new AgentEvent.Prepared(NodeId.of("a"), stranger, false, "no"), world.millis);
    assertThat(world.core.snapshot(world.millis).agents().get(NodeId.of("a")))
        .satisfies(agent -> assertThat(agent.refusals()).isEmpty());
  }
}
