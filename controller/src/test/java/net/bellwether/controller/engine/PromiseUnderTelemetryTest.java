package net.bellwether.controller.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bellwether.controller.intent.Assessment;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Purpose;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.tracker.LinkScript;
import net.bellwether.scheduler.view.LinkMode;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.OutcomeFrame;
import net.bellwether.topology.physics.BellDiagonal;
import org.junit.jupiter.api.Test;

class PromiseUnderTelemetryTest {
  private static final String ONE_WAY = Documents.of("way", "a -4- r1 -6- b");
  private static final String TWO_WAYS = Documents.of("ways", "a -4- r1 -6- b", "a -8- r2 -8- b");

  private static World world(String document, String... nodes) {
    World world = new World(nodes).connectAll();
    world.apply(document, false);
    return world;
  }

  private static LinkMode mode(String document, String link) {
    return NetworkView.declared(Documents.topology(document).network()).linkModes().stream()
        .filter(mode -> mode.link().value().equals(link))
        .findFirst()
        .orElseThrow();
  }

  /// Lets seconds pass in which both ends of a link report.
  private static void measure(
      World world,
      LinkMode mode,
      LinkScript script,
      int seconds,
      BellDiagonal state,
      double factor) {
    for (int i = 0; i < seconds; i++) {
      LinkScript.Outcomes outcomes = script.test(150, state);
      long attempts = script.attempts(200);
      var counts =
          List.of(
              new Telemetry.Attempts(
                  mode.link(), mode.mode(), attempts, script.heralds(attempts, factor)));
      for (NodeId end : List.of(mode.a(), mode.b())) {
        OutcomeFrame frame = end.equals(mode.a()) ? outcomes.atA() : outcomes.atB();
        world.report(
            end.value(),
            counts,
            List.of(new Telemetry.Tests(mode.link(), mode.mode(), outcomes.epoch(), frame)));
      }
      world.pass(1);
    }
  }

  @Test
  void sessionMovesAwayFromALinkThatLostItsFidelity() {
    World world = world(TWO_WAYS, "a", "r1", "r2", "b");
    Session session = world.opened("q", "a", "b", 1, 0.93);
    world.pass(3);
    assertThat(world.agent("r1").holdsFlow(session.id())).isTrue();
    LinkMode link = mode(TWO_WAYS, "a-r1");
    measure(world, link, new LinkScript(link, 0.001, 1), 20, BellDiagonal.werner(0.85), 1);
    assertThat(world.agent("r2").holdsFlow(session.id())).isTrue();
    assertThat(world.agent("r1").holdsFlow(session.id())).isFalse();
    assertThat(world.agent("a").generations(session.id())).containsExactly(2L);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
  }

  @Test
  void sessionOnALinkThatLostSomeFidelityPurifiesInstead() {
    World world = world(ONE_WAY, "a", "r1", "b");
    Session session = world.opened("q", "a", "b", 1, 0.93);
    world.pass(3);
    LinkMode link = mode(ONE_WAY, "a-r1");
    measure(world, link, new LinkScript(link, 0.001, 7), 20, BellDiagonal.werner(0.85), 1);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
    Purpose purpose =
        world
            .core
            .state()
            .findFlow(session.id())
            .orElseThrow()
            .findTarget()
            .orElseThrow()
            .purpose();
    assertThat(purpose.toString()).contains("Purify");
  }

  @Test
  void sessionWithNoOtherWayIsDegradedWithASentenceAndRecovers() {
    World world = world(ONE_WAY, "a", "r1", "b");
    Session session = world.opened("q", "a", "b", 1, 0.93);
    world.pass(3);
    LinkMode link = mode(ONE_WAY, "a-r1");
    LinkScript script = new LinkScript(link, 0.001, 2);
    measure(world, link, script, 20, BellDiagonal.werner(0.5), 1);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.DEGRADED);
    assertThat(world.session(session.id()).shortfall())
        .contains("below the floor of 0.93")
        .contains("no other plan");
    assertThat(world.agent("r1").holdsFlow(session.id())).isTrue();
    measure(world, link, script, 30, link.state(), 1);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
  }

  @Test
  void cutFibreMovesASession() {
    World world = world(TWO_WAYS, "a", "r1", "r2", "b");
    Session session = world.opened("q", "a", "b", 1, 0);
    world.pass(3);
    LinkMode link = mode(TWO_WAYS, "a-r1");
    measure(world, link, new LinkScript(link, 0.001, 3), 20, link.state(), 0);
    assertThat(world.agent("r2").holdsFlow(session.id())).isTrue();
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
  }

  @Test
  void linkThatDoesWhatItDeclaresNeverMovesASession() {
    World world = world(TWO_WAYS, "a", "r1", "r2", "b");
    Session session = world.opened("q", "a", "b", 1, 0.93);
    world.pass(3);
    LinkMode link = mode(TWO_WAYS, "a-r1");
    measure(world, link, new LinkScript(link, 0.001, 4), 600, link.state(), 1);
    assertThat(world.agent("a").generations(session.id())).containsExactly(1L);
  }

  @Test
  void sessionIsPlannedAnewAtMostEveryFiveSeconds() {
    World world = world(TWO_WAYS, "a", "r1", "r2", "b");
    Session session = world.opened("q", "a", "b", 1, 0.93);
    world.pass(3);
    LinkMode one = mode(TWO_WAYS, "a-r1");
    LinkMode other = mode(TWO_WAYS, "a-r2");
    LinkScript first = new LinkScript(one, 0.001, 5);
    LinkScript second = new LinkScript(other, 0.001, 6);
    for (int i = 0; i < 10; i++) {
      measure(world, one, first, 10, BellDiagonal.werner(i % 2 == 0 ? 0.85 : 0.99), 1);
      measure(world, other, second, 10, BellDiagonal.werner(i % 2 == 0 ? 0.99 : 0.85), 1);
    }
    long seconds = 200;
    assertThat(world.core.state().findFlow(session.id()).orElseThrow().lastNumber())
        .isBetween(2L, seconds / 5);
  }

  @Test
  void linkThatSucceedsLessOftenGetsMoreRoundsUntilThePromiseIsKept() {
    World world = world(ONE_WAY, "a", "r1", "b");
    double all = world.opened("probe", "a", "b", 0, 0.8).promisedPairsPerSecond();
    world.close(FlowId.of("s-1"));
    world.pass(6);
    Session session = world.opened("q", "a", "b", all / 4, 0.8);
    world.pass(3);
    int before = roundCount(world, session);
    LinkMode link = mode(ONE_WAY, "a-r1");
    measure(world, link, new LinkScript(link, 0.001, 8), 20, link.state(), 0.6);
    assertThat(roundCount(world, session)).isGreaterThan(before * 5 / 4);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
    Assessment assessment =
        world.core.snapshot(world.millis).findAssessment(session.id()).orElseThrow();
    assertThat(assessment.isKept()).isTrue();
    assertThat(world.agent("a").generations(session.id())).hasSize(1).doesNotContain(1L);
  }

  private static int roundCount(World world, Session session) {
    Purpose purpose =
        world
            .core
            .state()
            .findFlow(session.id())
            .orElseThrow()
            .findTarget()
            .orElseThrow()
            .purpose();
    return purpose instanceof Purpose.Route route ? route.grant().rounds().count() : 0;
  }
}
