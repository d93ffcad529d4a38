package net.bellwether.controller.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bellwether.controller.intent.Opening;
import net.bellwether.controller.reconcile.Order;
import net.bellwether.controller.state.Phase;
import net.bellwether.controller.state.Session;
import net.bellwether.controller.tracker.ClockVerdict;
import net.bellwether.topology.id.NodeId;
import org.junit.jupiter.api.Test;

class ClockOutOfBoundTest {
  private static final String ONE_WAY = Documents.of("way", "a -4- r1 -6- b");
  private static final String TWO_WAYS = Documents.of("ways", "a -4- r1 -6- b", "a -8- r2 -8- b");

  private static World world(String document, String... nodes) {
    World world = new World(nodes).connectAll();
    world.apply(document, false);
    return world.pass(3);
  }

  private static boolean isOut(World world, String node) {
    ClockVerdict verdict = world.core.snapshot(world.millis).clocks().get(NodeId.of(node));
    return verdict != null && verdict.outOfBound();
  }

  @Test
  void sessionIsPlannedAroundANodeWhoseClockIsOff() {
    World world = world(TWO_WAYS, "a", "r1", "r2", "b");
    Session session = world.opened("q", "a", "b", 1, 0.93);
    world.pass(3);
    assertThat(world.agent("r1").holdsFlow(session.id())).isTrue();
    world.agent("r1").clockMillis = 300;
    world.pass(15);
    assertThat(isOut(world, "r1")).isTrue();
    assertThat(isOut(world, "a") || isOut(world, "r2") || isOut(world, "b")).isFalse();
    assertThat(world.agent("r1").holdsFlow(session.id())).isFalse();
    assertThat(world.agent("r2").holdsFlow(session.id())).isTrue();
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
    assertThat(world.opened("next", "a", "b", 1, 0.93).phase()).isEqualTo(Phase.PENDING);
    assertThat(world.agent("r1").holdsFlow(session.id())).isFalse();
  }

  @Test
  void sessionWithoutAnotherWaySaysWhyItWaitsAndIsActiveAgainOnceTheClockIsRight() {
    World world = world(ONE_WAY, "a", "r1", "b");
    Session session = world.opened("q", "a", "b", 1, 0.93);
    world.pass(3);
    world.agent("r1").clockMillis = -300;
    world.pass(5);
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.DEGRADED);
    assertThat(world.session(session.id()).shortfall())
        .startsWith("node r1 is not scheduled, its clock is out of bound; no other plan");
    world.agent("r1").clockMillis = 2;
    world.pass(5);
    assertThat(isOut(world, "r1")).isFalse();
    assertThat(world.session(session.id()).phase()).isEqualTo(Phase.ACTIVE);
    assertThat(world.agent("a").generations(session.id())).containsExactly(1L);
  }

  @Test
  void refusalNamesTheNodeThatIsNotScheduled() {
    World world = world(ONE_WAY, "a", "r1", "b");
    world.agent("r1").clockMillis = 300;
    world.pass(5);
    assertThat(world.open("q", "a", "b", 1, 0.93))
        .isInstanceOfSatisfying(
            Opening.Refused.class,
            refused ->
                assertThat(refused.missing())
                    .endsWith("node r1 is not scheduled, its clock is out of bound"));
  }

  @Test
  void agentFarInTheFutureSetsNoActivationFrameThatNeverComes() {
    World world = new World("a", "r1", "b");
    world.agent("r1").clockMillis = 3_600_000;
    world.connectAll();
    world.apply(ONE_WAY, false);
    world.pass(3);
    List<Long> frames =
        world.agent("a").orders.stream()
            .filter(Order.Activate.class::isInstance)
            .map(order -> ((Order.Activate) order).frame())
            .toList();
    assertThat(frames).isNotEmpty().allMatch(frame -> frame <= world.now().frame() + 10);
  }

  @Test
  void nodeThatGoesAwayWhileItsClockIsOffIsNotScheduledWhenItReturns() {
    World world = world(TWO_WAYS, "a", "r1", "r2", "b");
    world.agent("r1").clockMillis = 300;
    world.pass(5);
    world.agent("r1").disconnect();
    world.pass(3);
    assertThat(isOut(world, "r1")).isTrue();
    world.agent("r1").connect();
    Session session = world.opened("q", "a", "b", 1, 0.93);
    world.pass(5);
    assertThat(world.agent("r1").holdsFlow(session.id())).isFalse();
    assertThat(world.agent("r2").holdsFlow(session.id())).isTrue();
  }
}
